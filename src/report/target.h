// What a page may replace.
#pragma once

#include <string>

namespace bnrun {

/// Begins files that a report may replace.
inline constexpr const char* kReportMark = "<!-- bnrun report -->";

/// Throws ConfigError where a file is in the way that no report wrote, as its first bytes say, unless forced.
void check_report_target(const std::string& path, bool force);

}  // namespace bnrun
