// A sweep's results along one of its axes: what a chart of them draws.
#pragma once

#include <string>
#include <vector>

#include "files/sweep_summary.h"

namespace bnrun {

/// The runs of one setting, whatever their seed.
struct SweepCell {
    double x = 0;  ///< on the axis; 0 where there is none
    std::vector<double> test_errors;
    std::vector<double> train_errors;
    std::vector<std::string> runs;
    std::vector<std::string> troubles;  ///< the status of each run that has no result, such as `diverged`
};

struct SweepCurve {
    std::string label;
    std::vector<SweepCell> cells;  ///< by x
};

struct SweepSeries {
    std::string axis;  ///< the numeric key with most values; empty where no axis has two numbers
    std::vector<SweepCurve> curves;
};

/// One line for each combination of the other axes but seed; those that go in step with the axis tell nothing and are
/// left out. Without an axis, a line of one cell for each setting.
SweepSeries sweep_series(const SweepSummary& sweep);

}  // namespace bnrun
