#include "experiment/sweep.h"

#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <chrono>

#include "support/held_run.h"
#include "support/recording_reporter.h"
#include "support/scratch.h"
#include "support/small_sweep.h"

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

/// Counts how often a summary.json is opened in some directories.
class SummaryOpens {
  public:
    explicit SummaryOpens(const std::vector<std::string>& directories) : descriptor_(::inotify_init1(IN_NONBLOCK)) {
        for (const std::string& directory :
             directories) {  // equal events are one, unless there is another between them
            EXPECT_GE(::inotify_add_watch(descriptor_, directory.c_str(), IN_OPEN | IN_CLOSE), 0) << directory;
        }
    }
    ~SummaryOpens() { ::close(descriptor_); }
    SummaryOpens(const SummaryOpens&) = delete;
    SummaryOpens& operator=(const SummaryOpens&) = delete;

    [[nodiscard]] std::size_t count() const {
        std::size_t opens = 0;
        alignas(inotify_event) std::array<char, 65536> events{};
        for (ssize_t size = 0; (size = ::read(descriptor_, events.data(), events.size())) > 0;) {
            for (const char* at = events.data(); at < events.data() + size;) {
                const auto* const event = reinterpret_cast<const inotify_event*>(at);
                if ((event->mask & IN_OPEN) != 0 && event->len > 0 && event->name == std::string("summary.json"))
                    ++opens;
                at += sizeof(inotify_event) + event->len;
            }
        }
        return opens;
    }

  private:
    int descriptor_;
};

SweepPlan five_runs() {
    return plan_sweep(parse_sweep_spec(R"({"base": {"data": {"source": "synthetic", "train_samples": 20,
        "test_samples": 10}, "model": {"depth": 1, "width": 4}, "train": {"batch_size": 10}},
        "grid": {"seed": "1:5"}})",
                                       "five.json"),
                      {});
}

TEST(Sweep, AShareReadsTheSummariesOfItsOwnPointsOnly) {
    const Scratch scratch;
    const SweepPlan plan = five_runs();
    SweepOptions options = quiet_options(scratch.path());
    RecordingReporter reporter;
    run_sweep(plan, options, reporter);
    options.tasks = 5;
    std::vector<std::string> directories;
    for (const SweepPoint& point : plan.points) directories.push_back(scratch.path(point.name));
    const SummaryOpens opens(directories);
    for (options.task = 1; *options.task <= 5; ++*options.task) run_sweep(plan, options, reporter);
    EXPECT_EQ(opens.count(), 5U);
    std::filesystem::remove_all(directories[2]);
    directories.erase(directories.begin() + 2);
    const SummaryOpens others(directories);
    options.task = 3;
    run_sweep(plan, options, reporter);
    EXPECT_EQ(others.count(), 0U);
    EXPECT_TRUE(std::filesystem::exists(scratch.path("seed=3/model.safetensors")));
}

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
