// The formats of other programs, byte by byte where a standard fixes them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "files/export/jsonl.h"
#include "files/export/npz.h"
#include "files/export/tensorboard.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(Crc32c, GivesThePublishedCheckValues) {
    EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
    EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);  // RFC 3720 B.4
    EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
}

TEST(TensorboardEvents, AStepIsOneRecordAfterTheVersion) {
    const std::string version = event_file_bytes({});
    const std::string file = event_file_bytes({{300, {{"loss", 0.5}}}});
    ASSERT_EQ(file.substr(0, version.size()), version);
    EXPECT_EQ(version.substr(12, 15),
              "\x1A\x0D"
              "brain.Event:2");
    const std::string message("\x10\xAC\x02\x2A\x0D\x0A\x0B\x0A\x04loss\x15\x00\x00\x00\x3F", 18);
    std::uint64_t length = 0;
    std::memcpy(&length, file.data() + version.size(), sizeof length);
    EXPECT_EQ(length, message.size());
    EXPECT_EQ(file.substr(version.size() + 12, message.size()), message);
    EXPECT_EQ(file.size(), version.size() + 12 + message.size() + 4);
}

TEST(Npz, ValuesStartAtAMultipleOf64WithinTheirFile) {
    const std::string name = "a.npy";
    const std::string file = npz_bytes({{"a", {2, 3}, std::vector<double>{1, 2, 3, 4, 5, 6}}});
    EXPECT_EQ(file.substr(0, 4), "PK\x03\x04");
    const std::size_t start = 30 + name.size();
    EXPECT_EQ(file.substr(start, 6), "\x93NUMPY");
    EXPECT_NE(file.find("'shape': (2, 3)"), std::string::npos);
    const std::size_t values = file.find('\n', start) + 1;
    EXPECT_EQ((values - start) % 64, 0U);
    double last = 0;
    std::memcpy(&last, file.data() + values + 5 * sizeof last, sizeof last);
    EXPECT_EQ(last, 6);
}

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

/// Two iterations of an epoch of three, and the epoch.
LoggedRun exported_run() {
    LoggedRun run;
    run.iterations = {{1, 1, 3, 2, 0.5, {4, 8}, {0.25}, {0.75}}, {1, 3, 3, 1, 0.5, {5, 9}, {0.125}, {0.5}}};
    run.epochs = {{1, 0.5, 0.25, 1.5, 0.125}};
    return run;
}

TEST(Jsonl, EveryLineHasItsKindAndAKeyForEachLayer) {
    const std::string text = jsonl_of(exported_run());
    EXPECT_EQ(text.substr(0, text.find('\n')),
              "{\"kind\":\"iteration\",\"epoch\":1,\"iteration\":1,\"loss\":2,\"learning_rate\":0.5,"
              "\"gradient/layer_1\":4,\"gradient/layer_2\":8,\"activation_min/layer_1\":0.25,"
              "\"activation_max/layer_1\":0.75}");
    EXPECT_NE(text.find("\n{\"kind\":\"epoch\",\"epoch\":1,"), std::string::npos) << text;
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

/// Two rows of layers.csv: a quantity of the second layer, and one of the whole net that the first row lacks.
LoggedTable exported_layers() {
    LoggedTable table;
    table.kind = TableKind::kLayers;
    table.path = "layers.csv";
    table.columns = {"saturated/layer_2", "smoothness"};
    table.rows = {{1, 1, {0.5, std::nan("")}}, {1, 3, {0.25, 7}}};
    return table;
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
    for (const char* name : {"../../saturated/layer_1", "a b", "", ".a", "a\"b", "a/layer_999999999"}) {
        LoggedRun run;
        run.layers = exported_layers();
        run.layers.columns.front() = name;
        expect_error<DataError>([&] { (void)npz_of(run); }, {"layers.csv: ", "is no quantity of a layer"});
        expect_error<DataError>([&] { (void)jsonl_of(run); }, {"layers.csv: "});
    }
}

/// The times of events: a double behind the key of field 1.
std::vector<double> times_in(const std::string& events) {
    std::vector<double> times;
    for (std::size_t at = events.find('\x09'); at != std::string::npos; at = events.find('\x09', at + 1)) {
        double time = 0;
        std::memcpy(&time, events.data() + at + 1, std::min(sizeof time, events.size() - at - 1));
        if (time >= 1000 && time <= 2000) times.push_back(time);
    }
    return times;
}

TEST(TensorboardEvents, HaveTheRunsTimeWhereItIsKnown) {
    LoggedRun run = exported_run();
    EXPECT_TRUE(times_in(events_of(run)).empty());
    run.time = RunTime{1000, 30};
    EXPECT_EQ(times_in(events_of(run)), (std::vector<double>{1010, 1030, 1030}));  // steps 1 and 3, and the epoch's end
}

TEST(Npz, AnEmptyListOfArraysIsAnEmptyArchive) { EXPECT_EQ(npz_bytes({}).size(), 22U); }

}  // namespace
}  // namespace bnrun
