#include "experiment/run_listener.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <memory>
#include <string>

#include "files/safetensors.h"
#include "files/whole_file.h"
#include "support/recording_reporter.h"

namespace bnrun {
namespace {

class RunListenerTest : public testing::Test {
  protected:
    RunListenerTest() {
        config.model.depth = 1;
        config.precision = Precision::kFloat64;
        directory = testing::TempDir() + "bnrun_" + testing::UnitTest::GetInstance()->current_test_info()->name();
        claim = std::make_unique<RunClaim>(RunClaim::take(directory).value());
        tables = std::make_unique<RunTables>(*claim, config);
        checkpoints = std::make_unique<CheckpointSaver>(*claim, "", "", *tables);
        summarize_every(std::chrono::seconds(0));
    }
    ~RunListenerTest() override { std::filesystem::remove_all(directory); }

    void summarize_every(RunSummary::Clock::duration interval) {
        summary = std::make_unique<RunSummary>(Summary{}, interval);
        summary->write_into(*claim);
    }

    RunListener listener() {
        run = std::make_unique<RunConfig>(config);
        return {1000, {*claim, *run, *tables, *checkpoints, *summary}, reporter, [] { return false; }};
    }

    /// Of every second iteration for the files, of every third for stdout.
    static IterationRecord record(std::int64_t iteration, double loss) {
        return {
            1, iteration, 5, loss, 0.1, {0.5, 0.25}, {0.125}, {0.75}, false, iteration % 2 == 0, iteration % 3 == 0};
    }

    Config config;
    std::unique_ptr<RunConfig> run;
    RecordingReporter reporter;
    std::string directory;
    std::unique_ptr<RunClaim> claim;
    std::unique_ptr<RunTables> tables;
    std::unique_ptr<CheckpointSaver> checkpoints;
    std::unique_ptr<RunSummary> summary;
};

TEST_F(RunListenerTest, FilesAndStdoutKeepTheirOwnIntervals) {
    RunListener given = listener();
    for (std::int64_t iteration = 1; iteration <= 5; ++iteration) given.on_iteration(record(iteration, 0.5));
    EXPECT_EQ(read_whole(directory + "/gradients.csv"),
              "epoch,iteration,layer_1,layer_2\n1,2,0.5,0.25\n1,4,0.5,0.25\n");
    EXPECT_EQ(reporter.tables, "epoch:1 iteration:3/5\n 0.5 0.25\n");
}

TEST_F(RunListenerTest, ASnapshotIsAModelInTheDirectoryOfSnapshots) {
    RunListener given = listener();
    given.on_snapshot({2, 30}, {{"layers.0.weight", {Precision::kFloat64, {1, 2}, {0.5, -1}}}});
    const TensorFile file = read_safetensors(directory + "/snapshots/epoch_2_iteration_30.safetensors");
    EXPECT_EQ(file.tensors.at("layers.0.weight").values, (std::vector<double>{0.5, -1}));
    EXPECT_EQ(file.metadata.at("config"), run->text);
}

TEST_F(RunListenerTest, ATestLossThatIsNotFiniteIsAWarningThatNamesTheStatistics) {
    config.model.normalization.kind = Normalization::kBatch;
    config.train.epochs = 1000;
    RunListener given = listener();
    for (std::int64_t epoch = 1; epoch <= 1000; ++epoch) {
        given.on_epoch({epoch, 0.5, 0.1, std::numeric_limits<double>::infinity(), 0.2, 20, 100});
    }
    const std::string rest =
        " with the last_epoch statistics of batch normalization; the run goes on; "
        "model.batch_norm.inference=population avoids it\n";
    for (const char* epoch : {"epoch 1: ", "epoch 1000: "}) {
        EXPECT_NE(reporter.lines.find(epoch + ("the test loss is not finite" + rest)), std::string::npos);
    }
    EXPECT_EQ(reporter.lines.find("epoch 2: the test loss"), std::string::npos);
}

TEST_F(RunListenerTest, SummarySaysWhereTheRunIs) {
    RunListener given = listener();
    given.on_iteration(record(3, 0.5));
    std::string text = read_whole(directory + "/summary.json");
    EXPECT_NE(text.find(R"("status": "running")"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("epoch": 1)"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("iteration": 3)"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("test_loss": null)"), std::string::npos) << text;
    given.on_epoch({1, 0.5, 0.25, 0.75, 0.125, 1, 8});
    text = read_whole(directory + "/summary.json");
    EXPECT_NE(text.find(R"("test_loss": 0.75)"), std::string::npos) << text;
}

TEST_F(RunListenerTest, SummaryIsNotWrittenOftenerThanItsInterval) {
    summarize_every(std::chrono::hours(1));
    RunListener given = listener();
    given.on_iteration(record(3, 0.5));
    given.on_epoch({1, 0.5, 0.25, 0.75, 0.125, 1, 8});
    EXPECT_FALSE(std::filesystem::exists(directory + "/summary.json"));
    EXPECT_EQ(summary->known().iteration, 3);
}

TEST_F(RunListenerTest, AFailedRunsSummarySaysHowFarItCame) {
    summarize_every(std::chrono::hours(1));
    RunListener given = listener();
    given.on_iteration(record(4, 0.5));
    summary->note_failure(reporter);
    const std::string text = read_whole(directory + "/summary.json");
    EXPECT_NE(text.find(R"("status": "failed")"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("iteration": 4)"), std::string::npos) << text;
}

TEST_F(RunListenerTest, LogOfTenThousandEpochsStaysShort) {
    config.train.epochs = 10000;
    RunListener given = listener();
    for (std::int64_t epoch = 1; epoch <= config.train.epochs; ++epoch) {
        given.on_epoch({epoch, 0.123456, 0.123456, 0.123456, 0.123456, 1, 10});
    }
    EXPECT_LT(reporter.lines.size(), 50000U);
    EXPECT_NE(reporter.lines.find("epoch 10000/10000"), std::string::npos);
}

TEST_F(RunListenerTest, ProgressCountsTheShortLastBatch) {
    config.train.batch_size = 300;
    config.train.epochs = 2;
    RunListener given = listener();
    given.on_iteration(record(4, 0.5));
    EXPECT_DOUBLE_EQ(reporter.last.fraction, 0.5);
}

TEST_F(RunListenerTest, TimeLeftIsThatOfTheSamplesLeftAtTheSpeedSoFar) {
    config.train.batch_size = 300;
    config.train.epochs = 2;
    RunListener given = listener();
    const double before = given.seconds();
    given.on_iteration(record(1, 0.5));
    EXPECT_LE(reporter.last.samples_per_second, 300 / before);
    EXPECT_GE(reporter.last.samples_per_second, 300 / given.seconds());
    EXPECT_NEAR(reporter.last.seconds_left * reporter.last.samples_per_second, 1700, 1e-6);
}

TEST_F(RunListenerTest, SpeedOfAResumedRunCountsWhatThisProcessDid) {
    config.train.batch_size = 300;
    config.train.epochs = 2;
    RunListener given = listener();
    TrainingProgress earlier;
    earlier.epoch = 2;
    earlier.seen = 300;
    given.go_on_from(earlier);
    const double before = given.seconds();
    IterationRecord second = record(2, 0.5);
    second.epoch = 2;
    given.on_iteration(second);
    EXPECT_DOUBLE_EQ(reporter.last.fraction, 0.8);
    EXPECT_LE(reporter.last.samples_per_second, 300 / before);
    EXPECT_GE(reporter.last.samples_per_second, 300 / given.seconds());
    EXPECT_NEAR(reporter.last.seconds_left * reporter.last.samples_per_second, 400, 1e-6);
}

}  // namespace
}  // namespace bnrun
