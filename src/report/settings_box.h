// The settings of a report's runs: which keys differ from the defaults, and which among the runs.
#pragma once

#include <string>

#include "report/data.h"

namespace bnrun {

/// A row for each key that differs from its default or among the runs, but for names; seeds are listed. Up to
/// kFewColumns settings have a column each; of more, the values that occur are listed.
std::string settings_box(const ReportData& data);

/// How a setting's value is written; a dash where it has none.
std::string value_cell(const ReportData& data, const ReportGroup& group, const std::string& key);

inline constexpr std::size_t kFewColumns = 4;

}  // namespace bnrun
