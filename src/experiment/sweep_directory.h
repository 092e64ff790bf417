// A sweep's own files in its directory: sweep.json, what it varies, and summary.csv, what came of it.
#pragma once

#include <string>

#include "settings/sweep_plan.h"

namespace bnrun {

/// Throws ConfigError where sweep.json is of another sweep and is not to be replaced, or is no sweep's at all.
void check_sweep_file(const std::string& directory, const SweepPlan& plan, bool force);

/// Leaves sweep.json, and the directory, unless it is there and says the same. Throws as above, and WriteError.
void write_sweep_file(const std::string& directory, const SweepPlan& plan, bool force);

/// Throws ConfigError where a summary.csv is there that no sweep wrote.
void check_sweep_summary(const std::string& directory);

/// Throws as above, and WriteError.
void write_sweep_summary(const std::string& directory, const std::string& csv);

}  // namespace bnrun
