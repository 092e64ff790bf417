#include "experiment/sweep_export.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "base/json_text.h"
#include "support/scratch.h"
#include "support/small_sweep.h"

namespace bnrun {
namespace {

std::vector<std::string> lines_of_text(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        lines.push_back(text.substr(at, text.find('\n', at) - at));
    }
    return lines;
}

class SweepExportTest : public testing::Test {
  protected:
    SweepExportTest() { run_small_sweep(scratch.path("s")); }

    std::string exported(const std::string& format) {
        RecordingReporter reporter;
        ExportOptions options;
        options.format = format;
        export_sweep(scratch.path("s"), options, reporter);
        return reporter.tables;
    }

    const Scratch scratch;
};

TEST_F(SweepExportTest, CsvHasARowForEachPointAndEpoch) {
    const std::vector<std::string> lines = lines_of_text(exported("csv"));
    ASSERT_EQ(lines.size(), 6U);
    EXPECT_EQ(lines[0],
              "run,seed,train.optimizer.learning_rate,status,epoch,train_loss,train_error,test_loss,test_error");
    const std::string first_epoch = lines_of_text(scratch.get("s/seed=1,learning_rate=0.01/epochs.csv")).at(1);
    EXPECT_EQ(lines[1], "\"seed=1,learning_rate=0.01\",1,0.01,done," + first_epoch);
    EXPECT_EQ(lines[4].substr(0, lines[4].find(",done,2,")), "\"seed=2,learning_rate=0.01\",2,0.01");
    EXPECT_EQ(lines[5], "\"seed=3,learning_rate=1e30\",3,1e30,diverged,,,,,");
}

TEST_F(SweepExportTest, JsonlHasTheSameRows) {
    const std::vector<std::string> lines = lines_of_text(exported("jsonl"));
    ASSERT_EQ(lines.size(), 5U);
    const OrderedJson row = parse_stored(lines[3], "row");
    EXPECT_EQ(row["run"], "seed=2,learning_rate=0.01");
    EXPECT_EQ(row["seed"], 2);
    EXPECT_EQ(row["epoch"], 2);
    EXPECT_TRUE(row["test_error"].is_number());
    EXPECT_TRUE(parse_stored(lines[4], "row")["test_error"].is_null());
}

TEST_F(SweepExportTest, TensorboardHasADirectoryForEachRun) {
    RecordingReporter reporter;
    ExportOptions options;
    options.format = "tensorboard";
    expect_error<ConfigError>([&] { export_sweep(scratch.path("s"), options, reporter); }, {"-o DIR"});
    options.out = scratch.path("events");
    export_sweep(scratch.path("s"), options, reporter);
    EXPECT_TRUE(std::filesystem::exists(scratch.path("events/seed=2,learning_rate=0.01/events.out.tfevents.0.bnrun")));
}

TEST_F(SweepExportTest, WhatIsThereIsReplacedOnDemandOnly) {
    RecordingReporter reporter;
    ExportOptions options;
    options.format = "csv";
    options.out = scratch.put("mine.csv", "mine");
    expect_error<ConfigError>([&] { export_sweep(scratch.path("s"), options, reporter); }, {"mine.csv", "--force"});
    EXPECT_EQ(scratch.get("mine.csv"), "mine");
    options.force = true;
    export_sweep(scratch.path("s"), options, reporter);
    EXPECT_EQ(scratch.get("mine.csv"), exported("csv"));
    options.format = "npz";
    expect_error<ConfigError>([&] { export_sweep(scratch.path("s"), options, reporter); },
                              {"npz: is for a run", "csv, jsonl, tensorboard"});
}

}  // namespace
}  // namespace bnrun
