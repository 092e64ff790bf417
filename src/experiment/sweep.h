// Many runs from one plan, each in its own directory, and what came of them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "experiment/reporter.h"
#include "settings/sweep_plan.h"

namespace bnrun {

enum class Only { kAll, kFailed, kMissing };

struct SweepOptions {
    std::optional<std::string> out;  ///< none: results/<plan's name>
    std::optional<int> jobs;         ///< none: as many as there are usable processors, or runs
    std::optional<int> threads;      ///< of each run; none: the processors that fall to it
    Only only = Only::kAll;          ///< what to start again: what failed, or all else that is not done
    bool force = false;              ///< replace runs of other configs
    bool fail_fast = false;          ///< a failure stops the rest
    std::optional<int> task;         ///< from 1; only the points that fall to it, and no summary
    int tasks = 1;
    std::function<bool()> stop_requested;
    std::function<std::unique_ptr<Reporter>()> make_reporter;  ///< one for each run, called by its thread
};

/// Runs what is not done yet, each as its own run directory in `out`; writes summary.csv and reports the table.
/// Throws ConfigError before anything starts where a directory must not be replaced, Error(kInterrupted) with a
/// summary.csv of what is done by then, and Error(kDifferent) where a run is not done in the end.
void run_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter);

/// Only writes summary.csv and reports the table, from what is there. Throws Error(kDifferent) as above.
void collect_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter);

/// Reports a line for each point: how far it is, a tab, its name.
void list_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter);

}  // namespace bnrun
