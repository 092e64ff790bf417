// What every format says of a run, under the same names.
#include "files/export/formats.h"

#include <gtest/gtest.h>

#include <cstring>

#include "base/error.h"
#include "support/exported_run.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(Exports, HaveTheErrorsOfAValidationSetWhereThereAreSome) {
    LoggedRun run;
    run.epochs.push_back({2, 0.5, 0.25, 1.5, 0.125});
    EXPECT_EQ(jsonl_of(run),
              "{\"kind\":\"epoch\",\"epoch\":2,\"train_loss\":0.5,\"train_error\":0.25,\"test_loss\":1.5,\"test_"
              "error\":0.125}\n");
    EXPECT_EQ(npz_of(run).find("validation"), std::string::npos);
    EXPECT_EQ(events_of(run).find("validation"), std::string::npos);
    run.epochs.back().validation = {2.5, 0.75};
    EXPECT_EQ(jsonl_of(run),
              "{\"kind\":\"epoch\",\"epoch\":2,\"train_loss\":0.5,\"train_error\":0.25,\"test_loss\":1.5,\"test_"
              "error\":0.125,"
              "\"validation_loss\":2.5,\"validation_error\":0.75}\n");
    for (const char* name : {"validation_loss.npy", "validation_error.npy"}) {
        EXPECT_NE(npz_of(run).find(name), std::string::npos) << name;
    }
    const std::string events = events_of(run);  // the tag, then the number's key and four bytes
    const auto number_after = [&](const std::string& tag) {
        float value = 0;
        std::memcpy(&value, events.data() + events.find(tag) + tag.size() + 1, sizeof value);
        return value;
    };
    EXPECT_EQ(number_after("validation_loss"), 2.5F);
    EXPECT_EQ(number_after("validation_error"), 0.75F);
}

TEST(Exports, CallAQuantityTheSameInEveryFormat) {
    const LoggedRun run = exported_run();
    const std::string jsonl = jsonl_of(run);
    const std::string events = events_of(run);
    for (const char* name : {"gradient/layer_2", "activation_min/layer_1", "activation_max/layer_1", "loss",
                             "learning_rate", "train_loss", "train_error", "test_loss", "test_error"}) {
        EXPECT_NE(jsonl.find("\"" + std::string(name) + "\":"), std::string::npos) << name;
        EXPECT_NE(events.find(name), std::string::npos) << name;
    }
    const std::string npz = npz_of(run);
    for (const char* name : {"gradient.npy", "activation_min.npy", "loss.npy", "train_loss.npy", "epochs.npy"}) {
        EXPECT_NE(npz.find(name), std::string::npos) << name;
    }
}

TEST(Exports, HaveTheQuantitiesOfLayersUnderTheNamesOfTheirColumns) {
    LoggedRun run = exported_run();
    run.layers = exported_layers();
    EXPECT_NE(jsonl_of(run).find("{\"kind\":\"layers\",\"epoch\":1,\"iteration\":1,\"saturated/layer_2\":0.5,"
                                 "\"smoothness\":null}\n"),
              std::string::npos);
    const std::string events = events_of(run);
    EXPECT_NE(events.find("saturated/layer_2"), std::string::npos);
    EXPECT_EQ(events.find("smoothness"), events.rfind("smoothness"));  // once: the first row lacks it
    const std::string npz = npz_of(run);
    const std::size_t saturated = npz.find("saturated.npy");
    ASSERT_NE(saturated, std::string::npos);
    EXPECT_NE(npz.find("'shape': (2, 2)", saturated), std::string::npos);
    EXPECT_NE(npz.find("'shape': (2,)", npz.find("smoothness.npy")), std::string::npos);
    EXPECT_NE(npz.find("layers_iteration.npy"), std::string::npos);
}

TEST(Exports, RefuseAQuantityWhoseNameFitsNoFile) {
    LoggedRun run;
    run.layers = exported_layers();
    run.layers.columns.front() = "../../saturated/layer_1";
    expect_error<DataError>([&] { (void)npz_of(run); }, {"layers.csv: ", "is no quantity of a layer"});
    expect_error<DataError>([&] { (void)jsonl_of(run); }, {"layers.csv: "});
}

}  // namespace
}  // namespace bnrun
