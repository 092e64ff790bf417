#include "experiment/sweep.h"

#include <gtest/gtest.h>

#include <chrono>

#include "support/held_run.h"
#include "support/recording_reporter.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

/// Lets the run go on once it has been seen halfway three times, a fifth of a second apart.
class WatchingReporter : public RecordingReporter {
  public:
    explicit WatchingReporter(Gate& gate) : gate_(gate) {}

    void sweep_progress(const SweepProgress& progress) override {
        final_ = progress;
        if (!gate_.is_reached() || ++seen_ > 3) return;
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
        left_by_passed = progress.seconds_left / passed.count();
        if (seen_ == 3) gate_.open();
    }

    [[nodiscard]] const SweepProgress& final_progress() const { return final_; }

    double left_by_passed = 0;

  private:
    Gate& gate_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    int seen_ = 0;
    SweepProgress final_;
};

TEST(Sweep, TimeLeftIsThatOfTheWorkLeftAtTheSpeedSoFar) {
    const Scratch scratch;
    Gate gate;
    WatchingReporter reporter(gate);
    SweepOptions options;
    options.out = scratch.path("sweep");
    options.jobs = 1;
    options.threads = 1;
    options.stop_requested = [] { return false; };
    options.make_reporter = [&] { return std::make_unique<HoldingReporter>(gate); };
    run_sweep(two_runs(), options, reporter);
    // Three eighths were done, so that five eighths were left: half of three quarters, and the last quarter.
    EXPECT_GT(reporter.left_by_passed, 1.25);
    EXPECT_LT(reporter.left_by_passed, 2.25);
    EXPECT_EQ(reporter.final_progress().done, 2U);
    EXPECT_EQ(reporter.final_progress().seconds_left, 0);
}

}  // namespace
}  // namespace bnrun
