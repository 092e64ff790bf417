// What every point of a sweep needs, tried once before the first of them starts.
#pragma once

#include <string>
#include <vector>

#include "experiment/data_cache.h"
#include "settings/sweep_plan.h"

namespace bnrun {

/// Throws before anything is written: DataError or ConfigError where no point of the plan could start, for want of its
/// data or initial values or because they do not fit; ConfigError where a net of the order does not fit its data;
/// DataError where the models have no room in `out`. What ails some points only is left to their runs to say.
/// @param order the points that are to run. @param data keeps what was loaded.
void try_sweep(const SweepPlan& plan, const std::vector<std::size_t>& order, const std::string& out, DataCache& data);

}  // namespace bnrun
