// Runs points of a sweep, some at a time, and tells how each ended as soon as it did.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "experiment/data_cache.h"
#include "experiment/reporter.h"
#include "experiment/sweep_options.h"
#include "experiment/sweep_shares.h"
#include "settings/sweep_plan.h"

namespace bnrun {

enum class Ending { kDone, kDiverged, kFailed, kInterrupted, kBusy };

struct RunEnd {
    std::size_t point = 0;
    Ending ending = Ending::kDone;
    std::string reason;  ///< of a failure or divergence, in one line
    double seconds = 0;
};

class SweepWorkers {
  public:
    /// Starts at once. Throws ConfigError.
    /// @param order of the points to run. @param out the sweep's directory. @param data for all runs, which may have
    /// some already. Keeps references to all.
    SweepWorkers(const SweepPlan& plan, const std::vector<std::size_t>& order, const std::string& out,
                 const Shares& shares, const SweepOptions& options, DataCache& data);
    ~SweepWorkers();  ///< stops what still runs, and waits for it
    SweepWorkers(const SweepWorkers&) = delete;
    SweepWorkers& operator=(const SweepWorkers&) = delete;

    /// The next run that ended; none where a fifth of a second went by first, or all have ended.
    std::optional<RunEnd> next_end();

    [[nodiscard]] bool have_ended();
    /// Of the estimated cost of all, what has been worked off; adds the numbers of runs that run and that wait.
    [[nodiscard]] double fraction_done(SweepProgress& progress);

  private:
    class Tap;

    [[nodiscard]] bool should_stop() const { return stopping_ || options_.stop_requested(); }
    bool start_thread();  ///< false where there is none to be had: there are then fewer runs at a time
    void work();
    RunEnd run_point(std::size_t place);
    void run_in_directory(std::size_t place, RunEnd& end);

    const SweepPlan& plan_;
    const std::vector<std::size_t>& order_;
    const std::string& out_;
    const Shares& shares_;
    const SweepOptions& options_;
    DataCache& data_;
    std::atomic<bool> stopping_{false};
    std::vector<double> costs_;  // of each run, by place in the order
    double all_cost_ = 0;
    std::vector<std::atomic<double>> fractions_;
    std::mutex mutex_;  // guards what follows
    std::condition_variable ended_;
    std::size_t next_ = 0;
    std::vector<std::size_t> running_;  // by place in the order
    std::size_t active_ = 0;            // threads
    double worked_off_ = 0;             // cost of the runs that ended
    std::vector<RunEnd> ends_;
    std::size_t told_ = 0;  // of them
    std::vector<std::thread> threads_;
};

/// Epochs, times samples, times weights: longest first leaves the least waiting at the end.
double estimated_cost(const Config& config);

}  // namespace bnrun
