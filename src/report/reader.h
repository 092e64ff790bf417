// Finds the runs that a report shows, and reads them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/data.h"

namespace bnrun {

inline constexpr std::size_t kMostRuns = 50;

struct ReportChoice {
    std::vector<std::string> where;  ///< `KEY=VALUE`, as select_runs has it
    std::optional<std::string> y;    ///< column of the sweep's summary that its picture shows
    bool summary_will_do = false;    ///< of a sweep, without its runs
};

/// @param inputs run directories, which may be `LABEL=RUN`, and directories with runs in them, such as a sweep's. Of
/// more than kMostRuns, one of each group, or the first of one group's. Throws DataError: no run, tables that cannot be
/// read. Throws ConfigError: too many, a choice that leaves none.
ReportData read_report(const std::vector<std::string>& inputs, const ReportChoice& choice = {});

}  // namespace bnrun
