#include "report/sweep_series.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "report/groups.h"

namespace bnrun {
namespace {

constexpr const char* kDone = "done";

std::set<std::string> values_at(const SweepSummary& sweep, std::size_t axis) {
    std::set<std::string> values;
    for (const SweepRow& row : sweep.rows) values.insert(row.values[axis]);
    return values;
}

std::optional<std::size_t> numeric_axis(const SweepSummary& sweep) {
    std::optional<std::size_t> best;
    std::size_t most = 1;
    for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
        if (sweep.axes[axis] == "seed") continue;
        const std::set<std::string> values = values_at(sweep, axis);
        const bool numbers = std::all_of(values.begin(), values.end(), [](const std::string& value) {
            const std::optional<double> number = as_number(value);
            return number && std::isfinite(*number);
        });
        if (!numbers || values.size() <= most) continue;
        most = values.size();
        best = axis;
    }
    return best;
}

/// Whether each value of one axis always comes with the same value of the other.
bool follows(const SweepSummary& sweep, std::size_t axis, std::size_t other) {
    std::map<std::string, std::string> seen;
    return std::all_of(sweep.rows.begin(), sweep.rows.end(), [&](const SweepRow& row) {
        return seen.emplace(row.values[axis], row.values[other]).first->second == row.values[other];
    });
}

std::vector<std::size_t> labelling_axes(const SweepSummary& sweep, std::optional<std::size_t> axis) {
    std::vector<std::size_t> axes;
    for (std::size_t other = 0; other < sweep.axes.size(); ++other) {
        if (sweep.axes[other] == "seed" || values_at(sweep, other).size() < 2) continue;
        if (axis && (other == *axis || follows(sweep, *axis, other))) continue;
        axes.push_back(other);
    }
    return axes;
}

std::string label_of(const SweepRow& row, const std::vector<std::size_t>& axes, const std::vector<std::string>& keys) {
    std::string label;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        label += (label.empty() ? "" : ", ") + keys[i] + "=" + row.values[axes[i]];
    }
    return label;
}

void add_row(SweepCell& cell, const SweepRow& row) {
    cell.runs.push_back(row.run);
    if (row.status != kDone || !row.test_error) {
        cell.troubles.push_back(row.status);
        return;
    }
    cell.test_errors.push_back(*row.test_error);
    if (row.train_error) cell.train_errors.push_back(*row.train_error);
}

}  // namespace

SweepSeries sweep_series(const SweepSummary& sweep) {
    const std::optional<std::size_t> axis = numeric_axis(sweep);
    const std::vector<std::size_t> others = labelling_axes(sweep, axis);
    std::vector<std::string> keys;
    for (const std::size_t other : others) keys.push_back(sweep.axes[other]);
    keys = key_labels(keys);
    std::vector<std::pair<std::string, std::map<double, SweepCell>>> curves;
    std::unordered_map<std::string, std::size_t> places;
    for (const SweepRow& row : sweep.rows) {
        const std::string label = label_of(row, others, keys);
        const auto [place, is_new] = places.emplace(label, curves.size());
        if (is_new) curves.push_back({label, {}});
        const double x = axis ? as_number(row.values[*axis]).value_or(0) : 0;
        add_row(curves[place->second].second.emplace(x, SweepCell{x, {}, {}, {}, {}}).first->second, row);
    }
    SweepSeries series{axis ? sweep.axes[*axis] : "", {}};
    for (auto& [label, cells] : curves) {
        SweepCurve& curve = series.curves.emplace_back(SweepCurve{label, {}});
        for (auto& [x, cell] : cells) curve.cells.push_back(std::move(cell));
    }
    return series;
}

}  // namespace bnrun
