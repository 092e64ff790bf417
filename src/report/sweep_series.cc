#include "report/sweep_series.h"

#include <algorithm>
#include <array>
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

/// A result of every run.
struct Measure {
    const char* column;
    const char* words;
    std::optional<double> SweepRow::*value;
};
constexpr std::array<Measure, 4> kMeasures{{{"test_error", "test error", &SweepRow::test_error},
                                            {"train_error", "training error", &SweepRow::train_error},
                                            {"test_loss", "test loss", &SweepRow::test_loss},
                                            {"train_loss", "training loss", &SweepRow::train_loss}}};

/// None where y is a column of its own.
const Measure* measure_of(const std::string& y) {
    const auto* const found =
        std::find_if(kMeasures.begin(), kMeasures.end(), [&](const Measure& measure) { return measure.column == y; });
    return found == kMeasures.end() ? nullptr : found;
}

std::set<std::string> values_at(const SweepSummary& sweep, std::size_t axis) {
    std::set<std::string> values;
    for (const SweepRow& row : sweep.rows) values.insert(row.values[axis]);
    return values;
}

/// Whether each value of one axis always comes with the same value of the other.
bool follows(const SweepSummary& sweep, std::size_t axis, std::size_t other) {
    std::map<std::string, std::string> seen;
    return std::all_of(sweep.rows.begin(), sweep.rows.end(), [&](const SweepRow& row) {
        return seen.emplace(row.values[axis], row.values[other]).first->second == row.values[other];
    });
}

/// The one with most values. @param beside one that is chosen already, which it must not go in step with
std::optional<std::size_t> numeric_axis(const SweepSummary& sweep, std::optional<std::size_t> beside = {}) {
    std::optional<std::size_t> best;
    std::size_t most = 1;
    for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
        if (sweep.axes[axis] == "seed") continue;
        if (beside && (axis == *beside || follows(sweep, *beside, axis) || follows(sweep, axis, *beside))) continue;
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

void add_row(SweepCell& cell, const SweepRow& row, std::optional<double> value) {
    cell.runs.push_back(row.run);
    if (row.status == kDone && value) {
        cell.values.push_back(*value);
    } else {
        cell.troubles.push_back(row.status);
    }
}

bool has_numbers(const SweepSummary& sweep, std::size_t axis) {
    return std::any_of(sweep.rows.begin(), sweep.rows.end(),
                       [axis](const SweepRow& row) { return as_number(row.values[axis]).has_value(); });
}

/// Takes a column's values away from the axes, a value for each row.
std::vector<std::optional<double>> take_column(SweepSummary& sweep, const std::string& column) {
    const auto place = std::find(sweep.axes.begin(), sweep.axes.end(), column) - sweep.axes.begin();
    sweep.axes.erase(sweep.axes.begin() + place);
    std::vector<std::optional<double>> values;
    for (SweepRow& row : sweep.rows) {
        values.push_back(as_number(row.values[static_cast<std::size_t>(place)]));
        row.values.erase(row.values.begin() + place);
    }
    return values;
}

std::vector<std::optional<double>> values_of(SweepSummary& sweep, const std::string& y) {
    const Measure* const measure = measure_of(y);
    if (measure == nullptr) return take_column(sweep, y);
    std::vector<std::optional<double>> values;
    for (const SweepRow& row : sweep.rows) values.push_back(row.*(measure->value));
    return values;
}

std::string words_of(const std::string& y) {
    const Measure* const measure = measure_of(y);
    return measure == nullptr ? y : measure->words;
}

/// Of every row.
std::vector<std::string> labels_of(const SweepSummary& sweep, const std::vector<std::size_t>& axes) {
    std::vector<std::string> keys;
    for (const std::size_t axis : axes) keys.push_back(sweep.axes[axis]);
    keys = key_labels(keys);
    std::vector<std::string> labels;
    for (const SweepRow& row : sweep.rows) labels.push_back(label_of(row, axes, keys));
    return labels;
}

}  // namespace

std::vector<std::string> measures_of(const SweepSummary& sweep) {
    std::vector<std::string> columns;
    for (const Measure& measure : kMeasures) columns.emplace_back(measure.column);
    for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
        if (has_numbers(sweep, axis)) columns.push_back(sweep.axes[axis]);
    }
    return columns;
}

SweepSeries sweep_series(const SweepSummary& summary, const std::string& y) {
    SweepSummary sweep = summary;
    const std::vector<std::optional<double>> measured = values_of(sweep, y);
    const std::optional<std::size_t> axis = numeric_axis(sweep);
    const std::vector<std::string> labels = labels_of(sweep, labelling_axes(sweep, axis));
    std::vector<std::pair<std::string, std::map<double, SweepCell>>> curves;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < sweep.rows.size(); ++i) {
        const SweepRow& row = sweep.rows[i];
        const auto [place, is_new] = places.emplace(labels[i], curves.size());
        if (is_new) curves.push_back({labels[i], {}});
        const double x = axis ? as_number(row.values[*axis]).value_or(0) : 0;
        add_row(curves[place->second].second.emplace(x, SweepCell{x, {}, {}, {}}).first->second, row, measured[i]);
    }
    SweepSeries series{words_of(y), axis ? sweep.axes[*axis] : "", {}};
    for (auto& [label, cells] : curves) {
        SweepCurve& curve = series.curves.emplace_back(SweepCurve{label, {}});
        for (auto& [x, cell] : cells) curve.cells.push_back(std::move(cell));
    }
    return series;
}

std::optional<SweepMaps> sweep_maps(const SweepSummary& summary, const std::string& y) {
    SweepSummary sweep = summary;
    const std::vector<std::optional<double>> measured = values_of(sweep, y);
    const std::optional<std::size_t> x_axis = numeric_axis(sweep);
    const std::optional<std::size_t> y_axis = x_axis ? numeric_axis(sweep, x_axis) : std::nullopt;
    if (!y_axis) return std::nullopt;
    std::vector<std::size_t> others = labelling_axes(sweep, x_axis);
    std::erase_if(others, [&](std::size_t axis) { return axis == *y_axis || follows(sweep, *y_axis, axis); });
    const std::vector<std::string> labels = labels_of(sweep, others);
    SweepMaps result{words_of(y), sweep.axes[*x_axis], sweep.axes[*y_axis], {}};
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < sweep.rows.size(); ++i) {
        const SweepRow& row = sweep.rows[i];
        const auto [place, is_new] = places.emplace(labels[i], result.maps.size());
        if (is_new) result.maps.push_back({labels[i], {}});
        const double x = as_number(row.values[*x_axis]).value_or(0);
        const std::pair<double, double> at{as_number(row.values[*y_axis]).value_or(0), x};
        add_row(result.maps[place->second].cells.emplace(at, SweepCell{x, {}, {}, {}}).first->second, row, measured[i]);
    }
    return result;
}

}  // namespace bnrun
