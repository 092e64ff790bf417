// What a sweep ends with: a row for each run, and a table of what varied with seeds taken together.
#pragma once

#include <string>
#include <vector>

#include "experiment/sweep_state.h"
#include "settings/sweep_plan.h"

namespace bnrun {

/// `run`, a column for each of the plan's, `status`, losses and errors, those of validation where there are any; a row
/// for each point, in the plan's order. Nothing in it depends on time or machine. Numbers only where the run is done.
std::string sweep_csv(const SweepPlan& plan, const std::vector<PointResult>& results);

/// How many runs of each setting are done and how many diverged; of the former mean and, from two seeds on, sample
/// standard deviation of the errors. `*` marks the lowest mean validation error
/// where all have one, else the lowest mean test error, and the heading says which.
std::string sweep_table(const SweepPlan& plan, const std::vector<PointResult>& results);

}  // namespace bnrun
