// Many runs from one plan, each in its own directory, and what came of them.
#pragma once

#include "experiment/reporter.h"
#include "experiment/sweep_options.h"
#include "settings/sweep_plan.h"

namespace bnrun {

/// Runs what is not done yet, each as its own run directory in `out`; writes sweep.json, then summary.csv, and reports
/// the table. Throws ConfigError before anything starts where a run or another sweep must not be replaced, what
/// try_sweep throws, Error(kInterrupted) with a summary.csv of what is done by then, and Error(kDifferent) where a run
/// is neither done nor diverged in the end.
void run_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter);

/// Only writes summary.csv and reports the table, from what is there. Throws ConfigError and Error(kDifferent) as
/// above.
void collect_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter);

/// Reports a line for each point: how far it is, a tab, its name. Throws ConfigError as above.
void list_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter);

}  // namespace bnrun
