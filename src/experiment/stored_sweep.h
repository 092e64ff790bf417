// A sweep as its directory has it: what its sweep.json plans, and how far each point is.
#pragma once

#include <string>
#include <vector>

#include "experiment/sweep_state.h"
#include "settings/sweep_plan.h"

namespace bnrun {

struct StoredSweep {
    std::string directory;
    SweepPlan plan;
    std::vector<PointResult> results;  ///< of each point of the plan, read from its run just now
};

/// Whether the directory holds a sweep.json, by which it is a sweep's.
bool is_sweep(const std::string& directory);

/// Throws DataError: no sweep.json, or one that cannot be read or plans nothing.
StoredSweep read_stored_sweep(const std::string& directory);

}  // namespace bnrun
