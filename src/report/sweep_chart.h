// A result, such as the test error, against what a sweep varied: mean and standard deviation over seeds.
#pragma once

#include <vector>

#include "chart/frame.h"
#include "report/sweep_series.h"

namespace bnrun {

/// A curve for each of the series' or, where there is no axis of numbers, a row of dots. The axis is logarithmic, with
/// a place for 0, where its values span a factor of 10 or more and would else crowd at its left end. A cross at the
/// upper edge is a setting with runs that have no result.
/// @param styles one for each curve. @param attributes likewise, written out
Drawing draw_sweep(const SweepSeries& series, const std::vector<Style>& styles,
                   const std::vector<std::string>& attributes);

}  // namespace bnrun
