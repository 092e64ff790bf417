// What `bnrun diff` prints of two sweeps.
#pragma once

#include <string>

#include "experiment/diff_text.h"
#include "experiment/sweep_diff.h"

namespace bnrun {

/// The settings of all points in which the sweeps differ, a table for each error, the points without a partner, and
/// what the intervals cover.
/// @param all with settings that are the same, too.
std::string sweep_diff_text(const SweepDiff& diff, DiffLayout layout, bool all);

/// One object, ending in a newline.
std::string sweep_diff_json(const SweepDiff& diff, bool all);

}  // namespace bnrun
