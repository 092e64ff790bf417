// The report as one HTML file that needs nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/data.h"

namespace bnrun {

/// The same runs give the same bytes.
/// @param step the iteration it opens at, counted through all epochs
/// @param names of the figures on it; none: all
std::string report_page(const ReportData& data, std::int64_t step, const std::vector<std::string>& names = {});

}  // namespace bnrun
