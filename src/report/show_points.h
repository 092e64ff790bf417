// The points of a sweep: as its summary lists them or, where it has not written one yet, as its runs' directories do.
#pragma once

#include <optional>
#include <string>

#include "files/sweep_summary.h"

namespace bnrun {

/// None where the directory has neither a summary.csv of a sweep nor directories of runs. Without a summary, what
/// varies are the settings in which the runs differ. Throws DataError where a file of it cannot be read.
std::optional<SweepSummary> points_in(const std::string& directory);

/// Whether a sweep has left its own files there.
bool is_sweep_directory(const std::string& directory);

}  // namespace bnrun
