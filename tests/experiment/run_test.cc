// What is at the path already, and when a run is stopped, decide what becomes of the directory.
#include "experiment/run.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"
#include "support/small_run.h"

namespace bnrun {
namespace {

class RunTest : public testing::Test {
  protected:
    void run() { run_experiment(config, options, reporter); }

    const Scratch scratch;
    Config config = small_run_config();
    RunOptions options = quiet_run(scratch.path("run"));
    RecordingReporter reporter;
};

TEST_F(RunTest, DirectoryIsThatOfTheNameUnlessOneIsGiven) {
    EXPECT_EQ(run_directory(config, {}), "results/small");
    EXPECT_EQ(run_directory(config, options), scratch.path("run"));
}

TEST_F(RunTest, WhatIsThereIsReplacedOnDemandOnly) {
    run();
    const std::string rows = scratch.get("run/gradients.csv");
    config.seed = 2;
    expect_error<ConfigError>([&] { run(); }, {"run: output directory exists already"});
    EXPECT_EQ(scratch.get("run/gradients.csv"), rows);
    options.force = true;
    run();
    EXPECT_NE(scratch.get("run/gradients.csv"), rows);
}

TEST_F(RunTest, StoppedBeforeItsFirstIterationItHasWrittenNothing) {
    options.stop_requested = [] { return true; };
    expect_error<Error>([&] { run(); }, {"interrupted before the first iteration; nothing was written"});
    EXPECT_FALSE(std::filesystem::exists(scratch.path("run")));
}

TEST_F(RunTest, ResumingBeginsWhereNothingIsAndDoesNothingWhereTheRunIsDone) {
    options.resume = true;
    run();
    EXPECT_NE(reporter.lines.find("run: no run yet; starting from the beginning\n"), std::string::npos);
    reporter = {};
    run();
    EXPECT_EQ(reporter.lines, scratch.path("run") + ": the run is done already\n");
    config.seed = 2;
    expect_error<ConfigError>([&] { run(); }, {"holds a run of another config (first in seed)"});
}

TEST_F(RunTest, ResumedWithDataThatWasMovedItKeepsTheConfigItBeganWith) {
    run();
    const std::string text = scratch.get("run/config.json");
    config.data.dir = "elsewhere";
    options.resume = true;
    expect_error<ConfigError>([&] { run(); }, {"first in data.dir"});
    options.data_moved = true;
    run();
    EXPECT_EQ(scratch.get("run/config.json"), text);
}

}  // namespace
}  // namespace bnrun
