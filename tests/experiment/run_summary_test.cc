// A run's summary.json: what it says when the run goes on from another process's work, ends, fails, or cannot be
// written.
#include "experiment/run_summary.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "files/whole_file.h"
#include "support/recording_reporter.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class RunSummaryTest : public testing::Test {
  protected:
    RunSummaryTest() { summary.write_into(*claim); }

    [[nodiscard]] std::string path() const { return claim->path_of("summary.json"); }
    [[nodiscard]] std::string status() const { return read_summary(path()).status; }
    /// Leaves no name for a second file, as a full disk leaves no room.
    void fill_up() const {
        const std::string beginning = "run/.summary.json." + std::to_string(::getpid());
        (void)scratch.put(beginning + ".tmp", "");
        for (int i = 2; i <= 1000; ++i) (void)scratch.put(beginning + "-" + std::to_string(i) + ".tmp", "");
    }

    Scratch scratch;
    std::optional<RunClaim> claim = RunClaim::take(scratch.path("run"));
    RecordingReporter reporter;
    RunSummary summary{Summary{}};
};

TEST_F(RunSummaryTest, AnEndThatCannotBeWrittenIsAFailureAndSaidWhereItCanBe) {
    summary.write();
    fill_up();
    EXPECT_THROW(summary.end("done"), WriteError);
    EXPECT_EQ(status(), "running");
    summary.note_failure(reporter);
    EXPECT_EQ(status(), "failed") << reporter.lines;
}

TEST_F(RunSummaryTest, AFailureAfterTheEndLeavesTheEndAsItIs) {
    summary.end("diverged");
    summary.note_failure(reporter);
    EXPECT_EQ(status(), "diverged");
}

TEST_F(RunSummaryTest, AFailureThatCannotBeWrittenIsAWarning) {
    std::filesystem::create_directories(path() + "/in the way");
    summary.note_failure(reporter);
    EXPECT_NE(reporter.lines.find("summary.json: the status \"failed\" could not be written"), std::string::npos)
        << reporter.lines;
}

TEST_F(RunSummaryTest, ADirectoryThatIsAnothersNowIsLeftAlone) {
    summary.write();
    std::filesystem::remove(claim->path_of(".lock"));
    EXPECT_THROW(summary.end("done"), WriteError);
    summary.note_failure(reporter);
    EXPECT_EQ(status(), "running");
}

TEST_F(RunSummaryTest, AResumedRunIsAtItsCheckpointAndAFreshOneAtItsBeginning) {
    TrainingProgress progress;
    progress.step = 12;
    progress.epoch = 3;
    progress.iteration = 4;
    progress.last = {2, 0.5, 0.25, 0.75, 0.125, 1, 8};
    summary.go_on_from(progress);
    EXPECT_EQ(summary.known().epoch, 3);
    EXPECT_EQ(summary.known().iteration, 4);
    EXPECT_EQ(summary.known().last_epoch.value().test_error, 0.125);
    summary.go_on_from({});
    EXPECT_EQ(summary.known().epoch, 0);
    EXPECT_EQ(summary.known().iteration, 0);
    EXPECT_FALSE(summary.known().last_epoch);
}

}  // namespace
}  // namespace bnrun
