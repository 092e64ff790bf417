// A sweep's results along one of its axes: what a chart of them draws.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "files/sweep_summary.h"

namespace bnrun {

/// The runs of one setting, whatever their seed.
struct SweepCell {
    double x = 0;                ///< on the axis; 0 where there is none
    std::vector<double> values;  ///< of what is measured
    std::vector<std::string> runs;
    std::vector<std::string> troubles;  ///< the status of each run that has no result, such as `diverged`
};

struct SweepCurve {
    std::string label;
    std::vector<SweepCell> cells;  ///< by x
};

struct SweepSeries {
    std::string measure;  ///< in words, such as `test error`
    std::string axis;     ///< the numeric key with most values; empty where no axis has two numbers
    std::vector<SweepCurve> curves;
};

/// The columns that sweep_series can show: errors and losses, and every column of numbers.
std::vector<std::string> measures_of(const SweepSummary& sweep);

/// @param y one of measures_of, which is no axis then. One line for each combination of the other axes but seed; those
/// that go in step with the axis tell nothing and are left out. Without an axis, a line of one cell for each setting.
SweepSeries sweep_series(const SweepSummary& summary, const std::string& y = "test_error");

/// Results over two keys, for one combination of the others.
struct SweepMap {
    std::string label;                                     ///< of the other keys; may be empty
    std::map<std::pair<double, double>, SweepCell> cells;  ///< by their values of y and x
};

struct SweepMaps {
    std::string measure;
    std::string x;  ///< dotted keys
    std::string y;
    std::vector<SweepMap> maps;
};

/// Over the two numeric keys with most values, of which neither goes in step with the other; none where there are no
/// two.
std::optional<SweepMaps> sweep_maps(const SweepSummary& sweep, const std::string& y = "test_error");

}  // namespace bnrun
