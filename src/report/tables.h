// The tables of a report's page, as HTML.
#pragma once

#include <cstdint>
#include <string>

#include "report/view.h"

namespace bnrun {

/// A setting's colour, dash and marker as a small picture.
std::string sample_svg(const Style& style);

/// A row for each setting: errors over its runs, and how the first layer's gradient compares with the last one's.
std::string settings_table(const ReportData& data, std::int64_t step);

/// A row for each run: status, errors, how far it came, what data.
std::string runs_table(const ReportData& data);

/// What the settings differ in; empty where they do not.
std::string differences_table(const ReportData& data);

/// Every layer's norm at one iteration, a row for each run, for a script to fill again.
std::string readout_table(const ReportData& data, std::int64_t step);

/// What a run logged, thinned, with the names of the files that have all of it.
std::string logged_tables(const ReportRun& run);

}  // namespace bnrun
