// A sweep of two runs, of which the first stops halfway until it is let go.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "experiment/reporter.h"
#include "settings/sweep_plan.h"

namespace bnrun {

/// The first takes three times as long as the second.
inline SweepPlan two_runs() {
    return plan_sweep(parse_sweep_spec(R"({"base": {"data": {"source": "synthetic", "train_samples": 40,
        "test_samples": 10}, "model": {"depth": 1, "width": 4}, "train": {"batch_size": 10}},
        "grid": {"train.epochs": [3, 1]}})",
                                       "two.json"),
                      {});
}

class Gate {
  public:
    void pass(double fraction) {
        std::unique_lock lock(mutex_);
        if (fraction < 0.5) return;
        reached_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    void wait_until_reached() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return reached_; });
    }
    bool is_reached() {
        const std::lock_guard lock(mutex_);
        return reached_;
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool reached_ = false;
    bool open_ = false;
};

/// Of a run, which it holds at the gate.
class HoldingReporter : public Reporter {
  public:
    explicit HoldingReporter(Gate& gate) : gate_(gate) {}
    void table(const std::string&) override {}
    void log(LogLevel, const std::string&) override {}
    void progress(const Progress& progress) override { gate_.pass(progress.fraction); }
    void run_directory_ready(const std::string&) override {}

  private:
    Gate& gate_;
};

}  // namespace bnrun
