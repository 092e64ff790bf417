// The tables of results on a report's page, as HTML.
#pragma once

#include <cstdint>
#include <string>

#include "report/view.h"

namespace bnrun {

/// A row for each setting, the best first: errors over its runs, how gradients go from layer to layer, what diverged.
/// More than kFewColumns settings have a column for each key that they differ in.
std::string settings_table(const ReportData& data, std::int64_t step);

/// A row for each run, those of the best setting first: status, errors, how far it came, time, data.
std::string runs_table(const ReportData& data);

/// Every layer's norm at one iteration, a row for each setting shown, for a script to fill again.
std::string readout_table(const ReportData& data, std::int64_t step);

}  // namespace bnrun
