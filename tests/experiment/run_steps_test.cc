// What a run's directory holds after each of its steps, and where one of them fails.
#include "experiment/run_steps.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "data/load_dataset.h"
#include "support/scratch.h"
#include "support/small_run.h"

namespace bnrun {
namespace {

class RunStepsTest : public testing::Test {
  protected:
    explicit RunStepsTest(const std::vector<Override>& overrides = {}) : config(small_run_config(overrides)) {}

    void begin() {
        claim = RunClaim::take(directory);
        run.prepare(dataset, nullptr);
        run.begin(*claim);
    }
    [[nodiscard]] bool has(const std::string& name) const {
        return std::filesystem::exists(scratch.path("run/" + name));
    }
    [[nodiscard]] std::string status() const { return read_summary(scratch.path("run/summary.json")).status; }

    const Scratch scratch;
    const std::string directory = scratch.path("run");
    const RunConfig config;
    const Dataset dataset = load_dataset(config.values);
    RecordingReporter reporter;
    std::optional<RunClaim> claim;
    bnrun::Run run{config, directory, 1, reporter};
};

TEST_F(RunStepsTest, WhatIsPreparedHasWrittenNothing) {
    run.prepare(dataset, nullptr);
    run.abandon();
    EXPECT_FALSE(has(""));
    EXPECT_NE(reporter.lines.find("network: 784-4-4-10"), std::string::npos) << reporter.lines;
}

TEST_F(RunStepsTest, WhatHasBegunSaysSoAndEndsWithAllItsFiles) {
    begin();
    EXPECT_TRUE(run.has_begun());
    EXPECT_EQ(status(), "running");
    EXPECT_EQ(scratch.get("run/config.json"), config.text);
    run.train([] { return false; });
    EXPECT_EQ(status(), "done");
    EXPECT_TRUE(has("model.safetensors"));
    EXPECT_FALSE(has_checkpoint(directory));
    EXPECT_NE(reporter.lines.find("\ndone: "), std::string::npos) << reporter.lines;
    const StoredResult stored = read_summary(scratch.path("run/summary.json"));
    EXPECT_EQ(stored.epoch, 2);
    EXPECT_EQ(stored.iteration, 4);
    EXPECT_GT(stored.samples_per_second.value(), 0);
}

TEST_F(RunStepsTest, ANewOneThatIsAbandonedBeforeItsFirstIterationLeavesNothing) {
    begin();
    run.abandon();
    EXPECT_FALSE(has(""));
}

TEST_F(RunStepsTest, OneThatReplacesAnotherAndIsAbandonedSaysThatItFailed) {
    run_small(directory);
    (void)scratch.put("run/checkpoint.safetensors", "");
    begin();
    EXPECT_FALSE(has("checkpoint.safetensors"));
    EXPECT_FALSE(has("model.safetensors"));
    run.abandon();
    EXPECT_EQ(status(), "failed");
}

TEST_F(RunStepsTest, AFailureBeforeItHasBegunStandsBesideWhatIsThere) {
    claim = RunClaim::take(directory);
    (void)scratch.put("run/epochs.csv", "rows");
    run.leave_failure(*claim);
    EXPECT_EQ(status(), "failed");
    EXPECT_EQ(scratch.get("run/config.json"), config.text);
    EXPECT_EQ(scratch.get("run/epochs.csv"), "rows");
}

TEST_F(RunStepsTest, OneThatIsInterruptedCanGoOn) {
    begin();
    int asked = 0;
    expect_error<Error>([&] { run.train([&] { return ++asked == 3; }); },
                        {"interrupted after epoch 1, iteration 3;", "--resume goes on"});
    EXPECT_EQ(status(), "interrupted");
    EXPECT_TRUE(has_checkpoint(directory));
    run.abandon();
    EXPECT_EQ(status(), "interrupted");
}

class DivergingRunStepsTest : public RunStepsTest {
  protected:
    DivergingRunStepsTest()
        : RunStepsTest({{"train.optimizer.learning_rate", "1e30"},
                        {"train.optimizer.name", "sgd"},
                        {"model.activation", "relu"}}) {}
};

TEST_F(DivergingRunStepsTest, EndsWithWhatIsNotFinite) {
    begin();
    try {
        run.train([] { return false; });
        ADD_FAILURE() << "has not diverged";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::kDiverged);
        EXPECT_NE(std::string(error.what()).find("training diverged: "), std::string::npos) << error.what();
    }
    EXPECT_EQ(status(), "diverged");
    EXPECT_FALSE(has_checkpoint(directory));
    EXPECT_FALSE(has("model.safetensors"));
}

}  // namespace
}  // namespace bnrun
