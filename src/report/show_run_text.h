// A run as text for a terminal: what it is, its errors, a bar and a sparkline for each layer, and the verdict.
#pragma once

#include <string>

#include "chart/text_chart.h"
#include "report/show_run.h"

namespace bnrun {

/// Whole lines, fit for a terminal but for the look's colours.
std::string show_run_text(const ShownRun& run, const TextLook& look);

/// `epoch 1, iteration 300 of 300`
std::string place_text(const ShownRun& run);

/// The norm that was logged: `spectral`; empty where the config does not tell.
std::string norm_of(const RunOutline& run);

}  // namespace bnrun
