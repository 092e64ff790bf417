// Finds the runs that a report shows, and reads them.
#pragma once

#include <string>
#include <vector>

#include "report/data.h"

namespace bnrun {

inline constexpr std::size_t kMostRuns = 50;

/// @param inputs run directories, and directories with runs in them, such as a sweep's. Of more than kMostRuns, one of
/// each group, or the first of one group's. Throws DataError: no run, tables that cannot be read. Throws ConfigError:
/// too many.
ReportData read_report(const std::vector<std::string>& inputs);

}  // namespace bnrun
