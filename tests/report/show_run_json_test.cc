#include "report/show_run_json.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/shown_run.h"

namespace bnrun {
namespace {

TEST(ShowRunJson, HasTheSame) {
    const OrderedJson json = show_run_json(shown_run());
    EXPECT_EQ(json["kind"], "run");
    EXPECT_EQ(json["status"], "done");
    EXPECT_EQ(json["test_error"], 0.125);
    EXPECT_EQ(json["validation_error"], nullptr);
    EXPECT_EQ(json["settings"].dump(), R"({"model.depth":2,"train.epochs":2})");
    EXPECT_EQ(json["at"].dump(), R"({"epoch":2,"iteration":3})");
    EXPECT_EQ(json["iterations_per_epoch"], 3);
    EXPECT_EQ(json["norm"], "spectral");
    EXPECT_EQ(json["layers"][1].dump(),
              R"({"layer":2,"gradient":24.0,"factor":4.0,"activation_min":0.125,"activation_max":0.6})");
    EXPECT_EQ(json["layers"][2]["activation_max"], nullptr);
    EXPECT_EQ(json["factor"], 4);
    EXPECT_EQ(json["verdict"], "even");
}

TEST(ShowRunJson, HasNullForWhatIsNotFinite) {
    ShownRun run = shown_run();
    run.norms = {1, std::nan(""), 1};
    const OrderedJson json = show_run_json(run);
    EXPECT_EQ(json["layers"][1]["gradient"], nullptr);
    EXPECT_EQ(json["factor"], nullptr);
    EXPECT_EQ(json["verdict"], "not finite");
}

TEST(ShowRunJson, OfWhatNobodyWroteDownThereIsNothing) {
    RunOutline outline;
    outline.directory = "a";
    const OrderedJson json = outline_json(outline);
    EXPECT_EQ(json["directory"], "a");
    for (const char* key : {"epoch", "test_error", "written", "data", "version", "settings"}) {
        EXPECT_EQ(json[key], nullptr) << key;
    }
    outline.written = 3600;
    EXPECT_EQ(outline_json(outline)["written"], "1970-01-01T01:00:00Z");
    EXPECT_EQ(number_or_null(HUGE_VAL), nullptr);
    EXPECT_EQ(number_or_null(0.5), 0.5);
}

}  // namespace
}  // namespace bnrun
