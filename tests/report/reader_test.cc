// Which runs a report finds, and under which names.
#include "report/reader.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class ReaderTest : public testing::Test {
  protected:
    /// One that failed before its first row.
    std::string run(const std::string& directory, const std::string& name, int seed) {
        std::filesystem::create_directories(scratch.path(directory));
        (void)scratch.put(directory + "/config.json",
                          R"({"name": ")" + name + R"(", "seed": )" + std::to_string(seed) + "}");
        (void)scratch.put(directory + "/summary.json", R"({"status": "failed"})");
        return scratch.path(directory);
    }

    void summary(const std::string& rows) {
        (void)scratch.put("sweep/summary.csv",
                          "run,seed,status,train_loss,train_error,test_loss,test_error,test_wrong\n" + rows);
    }

    static std::string labels(const ReportData& data) {
        std::string text;
        for (const ReportRun& run : data.runs) text += run.label + " ";
        return text;
    }

    Scratch scratch;
};

TEST_F(ReaderTest, ALabelStandsForTheRunsName) {
    const std::string one = run("one", "same", 1);
    const std::string two = run("two", "other", 2);
    EXPECT_EQ(labels(read_report({"first=" + one, two})), "first other ");
}

TEST_F(ReaderTest, RunsOfOneNameAreToldApartByTheirDirectories) {
    const std::string one = run("one", "same", 1);
    const std::string two = run("two", "same", 2);
    EXPECT_EQ(labels(read_report({one, two})), one + " " + two + " ");
}

TEST_F(ReaderTest, ARunThatIsNamedTwiceIsOne) {
    const std::string one = run("one", "same", 1);
    EXPECT_EQ(read_report({one, one + "/"}).runs.size(), 1U);
}

TEST_F(ReaderTest, WhatIsNotTheDefaultIsAllWhereAKeyIsUnknown) {
    const std::string ours = run("ours", "a", 7);
    const std::string theirs = run("theirs", "b", 1);
    (void)scratch.put("theirs/config.json", R"({"name": "b", "seed": 1, "model": {"of_another_version": 3}})");
    const ReportData data = read_report({ours, theirs});
    EXPECT_EQ(data.runs[0].changed, (ConfigValues{{"seed", "7"}}));
    EXPECT_EQ(data.runs[1].changed,
              (ConfigValues{{"name", "\"b\""}, {"seed", "1"}, {"model.of_another_version", "3"}}));
}

TEST_F(ReaderTest, ALabelCannotStandForManyRuns) {
    (void)run("sweep/a", "a", 1);
    expect_error<ConfigError>([&] { (void)read_report({"mine=" + scratch.path("sweep")}); },
                              {"a label names one run", "sweep"});
}

TEST_F(ReaderTest, ASweepsPointsWithoutADirectoryAreCounted) {
    (void)run("sweep/a", "a", 1);
    summary("a,1,failed,,,,,\nb,2,missing,,,,,\n");
    const ReportData data = read_report({scratch.path("sweep")});
    ASSERT_TRUE(data.sweep);
    ASSERT_EQ(data.notes.size(), 1U);
    EXPECT_EQ(data.notes.front(), "1 of the sweep's 2 points have no run directory yet.");
    EXPECT_FALSE(read_report({scratch.path("sweep"), run("other", "other", 3)}).sweep) << "not all of it is the sweep";
}

TEST_F(ReaderTest, ASummaryWithoutRunsWillDoOnlyWhereThatIsSaid) {
    std::filesystem::create_directories(scratch.path("sweep"));
    summary("a,1,done,1,0.5,1,0.5,5\n");
    EXPECT_TRUE(read_report({scratch.path("sweep")}, {{}, {}, true}).sweep);
    expect_error<DataError>([&] { (void)read_report({scratch.path("sweep")}); }, {"not a run directory"});
}

TEST_F(ReaderTest, AColumnHasToBeThereAndOfOneSweep) {
    (void)run("sweep/a", "a", 1);
    summary("a,1,failed,,,,,\n");
    EXPECT_EQ(read_report({scratch.path("sweep")}, {{}, "test_loss", false}).y, "test_loss");
    expect_error<ConfigError>(
        [&] {
            (void)read_report({scratch.path("sweep")}, {{}, "loss", false});
        },
        {"--y loss", "test_error, train_error, test_loss, train_loss, seed"});
    expect_error<ConfigError>(
        [&] {
            (void)read_report({scratch.path("sweep/a")}, {{}, "test_loss", false});
        },
        {"--y", "one sweep"});
}

TEST_F(ReaderTest, OfLongRunsEverySecondPowerOfRowsIsKeptAndTheLast) {
    const std::string directory = run("long", "long", 1);
    (void)scratch.put("long/summary.json", R"({"status": "done"})");
    std::string gradients = "epoch,iteration,layer_1\n";
    std::string activations = "epoch,iteration,layer_1_min,layer_1_max\n";
    std::string iterations = "epoch,iteration,loss,learning_rate\n";
    std::string layers = "epoch,iteration,layer,quantity,value\n";
    constexpr int kRows = 300000;
    for (int i = 1; i <= kRows; ++i) {
        const std::string place = "1," + std::to_string(i) + ",";
        gradients += place + "1\n";
        activations += place + "0,1\n";
        iterations += place + "1,1\n";
        if (i <= 3000) layers += place + "1,saturated,0.5\n" + place + "1,dead,0.25\n";
    }
    (void)scratch.put("long/gradients.csv", gradients);
    (void)scratch.put("long/gradients.txt", "epoch:1 iteration:1/300000\n 1\n");
    (void)scratch.put("long/activations.csv", activations);
    (void)scratch.put("long/iterations.csv", iterations);
    (void)scratch.put("long/layers.csv", layers);
    (void)scratch.put("long/epochs.csv", "epoch,train_loss,train_error,test_loss,test_error\n");
    const ReportData data = read_report({directory});
    const ReportRun& read = data.runs.front();
    EXPECT_EQ(read.rows, 300000U);
    ASSERT_EQ(read.logged.iterations.size(), 150001U);
    EXPECT_EQ(read.logged.iterations[1].iteration, 3);
    EXPECT_EQ(read.logged.iterations.back().iteration, kRows);
    EXPECT_EQ(read.logged.layers.columns, (std::vector<std::string>{"saturated/layer_1"}));
    EXPECT_EQ(read.logged.layers.rows.size(), 751U) << "every fourth of 3,000, and the last";
}

}  // namespace
}  // namespace bnrun
