#include "experiment/evaluate_run.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"
#include "support/small_run.h"

namespace bnrun {
namespace {

TEST(EvaluateRun, TheModelHasTheErrorThatTheSummarySays) {
    const Scratch scratch;
    run_small(scratch.path("run"));
    RecordingReporter reporter;
    evaluate_run(scratch.path("run"), {{}, 2}, reporter);
    EXPECT_TRUE(reporter.tables.starts_with("test error: ")) << reporter.tables;
    std::string summary = scratch.get("run/summary.json");
    const std::size_t at = summary.find("\"test_wrong\": ") + 14;
    const std::string wrong = summary.substr(at, summary.find(',', at) - at);
    EXPECT_NE(reporter.tables.find("(" + wrong + " of 10)"), std::string::npos) << reporter.tables;
    (void)scratch.put("run/summary.json", summary.insert(at, "1"));
    const std::string said = "gets " + wrong + " test samples wrong, but summary.json says 1" + wrong + ";";
    expect_error<Error>([&] { evaluate_run(scratch.path("run"), {}, reporter); }, {"run: the model", said.c_str()});
}

TEST(EvaluateRun, WithoutAModelSaysWhy) {
    const Scratch scratch;
    RecordingReporter reporter;
    const auto expect = [&](std::initializer_list<const char*> texts) {
        expect_error<DataError>([&] { evaluate_run(scratch.path("run"), {}, reporter); }, texts);
    };
    expect({"run"});
    run_small(scratch.path("run"), small_run_config({{"train.save_model", "false"}}));
    expect({"no model.safetensors", "train.save_model=false"});
    (void)scratch.put("run/config.json", "{}");
    (void)scratch.put("run/summary.json", R"({"status": "interrupted"})");
    expect({"no model.safetensors", "the run's status is \"interrupted\""});
}

}  // namespace
}  // namespace bnrun
