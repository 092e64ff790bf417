// Numbers as text: the post's layout for tables, the shortest exact form for CSV and JSON.
#pragma once

#include <string>

#include "base/config.h"

namespace bnrun {

/// As MATLAB's num2str writes a scalar: `%.Ng`, N = max(floor(log10|x|) + 5, 5), at most 16. `NaN`, `Inf`, `-Inf`.
std::string matlab_text(double value);

/// Shortest text that reads back to the same value: in the given precision, or in float64 where the value is none of
/// its numbers. `nan`, `inf`, `-inf`.
std::string shortest_text(double value, Precision precision = Precision::kFloat64);

}  // namespace bnrun
