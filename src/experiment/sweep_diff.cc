#include "experiment/sweep_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "settings/json.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

struct Measure {
    const char* name;
    std::optional<double> StoredResult::*value;
};
constexpr std::array<Measure, 3> kPairedMeasures{{{"validation_error", &StoredResult::validation_error},
                                                  {"test_error", &StoredResult::test_error},
                                                  {"train_error", &StoredResult::train_error}}};

/// The place of each point in A and in B.
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

std::size_t place_of(const std::string& column, const SweepPlan& plan) {
    return static_cast<std::size_t>(std::find(plan.columns.begin(), plan.columns.end(), column) - plan.columns.begin());
}

bool varies(const SweepPlan& plan, std::size_t column) {
    std::set<std::string> values;
    for (const SweepPoint& point : plan.points) values.insert(point.values[column]);
    return values.size() > 1;
}

/// The columns of both. Throws where one sweep alone varies another.
std::vector<std::string> shared_columns(const StoredSweep& one, const StoredSweep& other) {
    std::vector<std::string> shared;
    for (std::size_t i = 0; i < one.plan.columns.size(); ++i) {
        const std::string& column = one.plan.columns[i];
        if (place_of(column, other.plan) < other.plan.columns.size()) {
            shared.push_back(column);
        } else if (varies(one.plan, i)) {
            throw ConfigError(
                fmt::format("{} varies {}, and {} does not, so that their points are no pairs; give two "
                            "sweeps that vary the same keys",
                            one.directory, column, other.directory));
        }
    }
    return shared;
}

std::vector<std::string> values_in(const SweepPlan& plan, std::size_t point, const std::vector<std::string>& columns) {
    std::vector<std::string> values;
    for (const std::string& column : columns) values.push_back(plan.points[point].values[place_of(column, plan)]);
    return values;
}

/// Also notes the points that are in one sweep only.
Pairs pairs_of(const StoredSweep& a, const StoredSweep& b, SweepDiff& diff) {
    std::map<std::vector<std::string>, std::size_t> places;
    for (std::size_t i = 0; i < b.plan.points.size(); ++i) places.emplace(values_in(b.plan, i, diff.paired_by), i);
    Pairs pairs;
    std::set<std::size_t> paired;
    for (std::size_t i = 0; i < a.plan.points.size(); ++i) {
        const auto found = places.find(values_in(a.plan, i, diff.paired_by));
        if (found == places.end()) {
            diff.only_a.push_back(a.plan.points[i].name);
        } else {
            pairs.emplace_back(i, found->second);
            paired.insert(found->second);
        }
    }
    for (std::size_t i = 0; i < b.plan.points.size(); ++i) {
        if (paired.count(i) == 0) diff.only_b.push_back(b.plan.points[i].name);
    }
    return pairs;
}

std::string setting_of(const SweepPlan& plan, std::size_t point, std::vector<std::string> columns) {
    columns.erase(std::remove(columns.begin(), columns.end(), "seed"), columns.end());
    const std::string name = point_name(short_keys(columns), values_in(plan, point, columns));
    return name.empty() ? "all" : name;
}

void note_endings(const StoredSweep& a, const StoredSweep& b, const Pairs& pairs, SweepDiff& diff) {
    for (const auto& [i, j] : pairs) {
        const PointState in_a = a.results[i].state;
        const PointState in_b = b.results[j].state;
        if (in_a == PointState::kDone && in_b == PointState::kDone) continue;
        if (in_a == in_b) {
            ++diff.without_errors;
        } else {
            diff.unlike.push_back(
                fmt::format("{} (A {}, B {})", a.plan.points[i].name, state_name(in_a), state_name(in_b)));
        }
    }
}

bool are_equal(double a, double b, Tolerance tolerance) {
    return a == b || std::abs(a - b) <= tolerance.absolute + tolerance.relative * std::max(std::abs(a), std::abs(b));
}

/// Of one setting, the errors that both runs of a pair have.
using PairedErrors = std::vector<std::pair<double, double>>;

SettingDiff setting_diff(const std::string& setting, const Measure& measure, const PairedErrors& errors,
                         Tolerance tolerance) {
    SettingDiff row{setting, measure.name, errors.size(), 0, 0, 0, std::nullopt, true};
    const auto count = static_cast<double>(errors.size());
    std::vector<double> differences;
    for (const auto& [a, b] : errors) {
        row.a += a / count;
        row.b += b / count;
        differences.push_back(b - a);
        row.same = row.same && are_equal(a, b, tolerance);
    }
    for (const double difference : differences) row.difference += difference / count;
    row.interval = mean_interval(differences, kIntervalShare);
    return row;
}

void add_measure(const StoredSweep& a, const StoredSweep& b, const Pairs& pairs, const Measure& measure,
                 Tolerance tolerance, SweepDiff& diff) {
    std::vector<std::pair<std::string, PairedErrors>> settings;  // in A's order
    std::map<std::string, std::size_t> places;
    for (const auto& [i, j] : pairs) {
        if (a.results[i].state != PointState::kDone || b.results[j].state != PointState::kDone) continue;
        const std::optional<double> in_a = a.results[i].stored.*(measure.value);
        const std::optional<double> in_b = b.results[j].stored.*(measure.value);
        if (!in_a || !in_b) continue;
        const std::string setting = setting_of(a.plan, i, diff.paired_by);
        const auto [place, is_new] = places.emplace(setting, settings.size());
        if (is_new) settings.push_back({setting, {}});
        settings[place->second].second.emplace_back(*in_a, *in_b);
    }
    for (const auto& [setting, errors] : settings) {
        diff.settings.push_back(setting_diff(setting, measure, errors, tolerance));
    }
}

ConfigValues values_of(const Config& config) { return parse_config_values(config_text(config), "config"); }

}  // namespace

bool SweepDiff::same() const {
    const auto is_same = [](const SettingDiff& row) { return row.same; };
    return only_a.empty() && only_b.empty() && unlike.empty() && std::all_of(settings.begin(), settings.end(), is_same);
}

SweepDiff diff_sweeps(const StoredSweep& a, const StoredSweep& b, Tolerance tolerance) {
    SweepDiff diff;
    diff.a = a.directory;
    diff.b = b.directory;
    diff.paired_by = shared_columns(a, b);
    (void)shared_columns(b, a);
    const Pairs pairs = pairs_of(a, b, diff);
    diff.pairs = pairs.size();
    if (!pairs.empty()) {
        diff.config = config_differences(values_of(a.plan.points[pairs.front().first].config),
                                         values_of(b.plan.points[pairs.front().second].config));
    }
    note_endings(a, b, pairs, diff);
    for (const Measure& measure : kPairedMeasures) add_measure(a, b, pairs, measure, tolerance, diff);
    return diff;
}

}  // namespace bnrun
