// Settings from the best to the worst.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/data.h"

namespace bnrun {

/// The error by which settings are ranked: that of the validation set where a run has one, else of the test set.
std::optional<double> ReportRun::*ranking_error(const ReportData& data);

/// `test error` or `validation error`
std::string ranking_name(const ReportData& data);

/// All groups by their mean of that error, the lowest first; those without a result at the end, in their own order.
std::vector<std::size_t> ranked(const ReportData& data);

}  // namespace bnrun
