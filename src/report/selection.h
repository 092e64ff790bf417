// Which of the runs that were named a report shows, and under which names.
#pragma once

#include <string>
#include <vector>

#include "report/data.h"

namespace bnrun {

struct ReportInput {
    std::string label;  ///< empty: the run's own name
    std::string path;
};

/// `LABEL=RUN`, or a path. What is a path as it stands, such as `sweep/seed=1`, is no label.
ReportInput report_input(const std::string& text);

/// Leaves the runs whose settings have the values: each condition is `KEY=VALUE` with a config's dotted key or the last
/// parts of one; numbers compare as numbers. The rows of other runs leave the sweep's summary, too. Throws ConfigError:
/// no KEY=VALUE, a key that no run has or that is several keys, no run left.
void select_runs(ReportData& data, const std::vector<std::string>& conditions);

}  // namespace bnrun
