// Finds the runs that a report shows, and reads them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/data.h"

namespace bnrun {

struct ReportChoice {
    std::vector<std::string> where;  ///< `KEY=VALUE`, as select_runs has it
    std::optional<std::string> y;    ///< column of the sweep's summary that its picture shows
    bool summary_will_do = false;    ///< of a sweep, without its runs
};

/// @param inputs run directories, which may be `LABEL=RUN`, and directories with runs in them, such as a sweep's. Of
/// many long runs, only every second row is kept, or every fourth and so on. Throws DataError: no run, tables that
/// cannot be read. Throws ConfigError: a choice that leaves none.
ReportData read_report(const std::vector<std::string>& inputs, const ReportChoice& choice = {});

}  // namespace bnrun
