// A sweep as text for a terminal: a ranked table of what varies.
#pragma once

#include <string>

#include "base/json_text.h"
#include "chart/text_chart.h"
#include "report/show_sweep.h"

namespace bnrun {

/// Whole lines, fit for a terminal but for the look's colours.
std::string show_sweep_text(const ShownSweep& sweep, const TextLook& look);

/// The same for programs.
OrderedJson show_sweep_json(const ShownSweep& sweep);

/// `12 points: 10 done, 1 diverged, 1 failed`; what is none of these is `not done`.
std::string points_text(const SweepSetting& points);

}  // namespace bnrun
