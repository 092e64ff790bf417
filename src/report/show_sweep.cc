#include "report/show_sweep.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "report/where.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

constexpr const char* kSeed = "seed";

/// Errors of a setting's points, before they are averaged.
struct PointErrors {
    std::vector<double> test;
    std::vector<double> validation;
    std::vector<double> train;
};

void keep(SweepSummary& sweep, const std::string& text) {
    const Condition condition = parse_condition(text);
    const std::string key =
        full_key({sweep.axes.begin(), sweep.axes.end()}, condition, "nothing that the sweep varies");
    const auto axis =
        static_cast<std::size_t>(std::find(sweep.axes.begin(), sweep.axes.end(), key) - sweep.axes.begin());
    std::set<std::string> values;
    for (const SweepRow& row : sweep.rows) values.insert(row.values[axis]);
    std::erase_if(sweep.rows, [&](const SweepRow& row) { return !is_same_value(row.values[axis], condition.value); });
    if (sweep.rows.empty()) throw_no_match(condition, key, values, "point");
}

void count(SweepSetting& setting, const SweepRow& row) {
    ++setting.points;
    if (row.status == "done") ++setting.done;
    if (row.status == "diverged") ++setting.diverged;
    if (row.status == "failed") ++setting.failed;
}

void add_errors(PointErrors& errors, const SweepRow& row) {
    if (row.status != "done") return;
    if (row.test_error) errors.test.push_back(*row.test_error);
    if (row.validation_error) errors.validation.push_back(*row.validation_error);
    if (row.train_error) errors.train.push_back(*row.train_error);
}

std::vector<std::size_t> axes_but_seed(const SweepSummary& sweep) {
    std::vector<std::size_t> axes;
    for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
        if (sweep.axes[axis] != kSeed) axes.push_back(axis);
    }
    return axes;
}

/// In the order of each setting's first point.
std::vector<SweepSetting> grouped_points(const SweepSummary& sweep) {
    const std::vector<std::size_t> axes = axes_but_seed(sweep);
    std::vector<SweepSetting> settings;
    std::vector<PointErrors> errors;
    std::map<std::vector<std::string>, std::size_t> places;
    for (const SweepRow& row : sweep.rows) {
        std::vector<std::string> values;
        for (const std::size_t axis : axes) values.push_back(row.values[axis]);
        const auto [place, is_new] = places.emplace(values, settings.size());
        if (is_new) {
            settings.emplace_back().values = std::move(values);
            errors.emplace_back();
        }
        count(settings[place->second], row);
        add_errors(errors[place->second], row);
    }
    for (std::size_t i = 0; i < settings.size(); ++i) {
        settings[i].test_error = spread_of(errors[i].test);
        settings[i].validation_error = spread_of(errors[i].validation);
        settings[i].train_error = spread_of(errors[i].train);
    }
    return settings;
}

/// Where every setting with a result has a validation error.
bool is_judged_by_validation(const std::vector<SweepSetting>& settings) {
    const auto has = [](const SweepSetting& s) { return s.validation_error.count > 0; };
    const auto lacks = [&](const SweepSetting& s) { return s.test_error.count > 0 && !has(s); };
    return std::any_of(settings.begin(), settings.end(), has) && std::none_of(settings.begin(), settings.end(), lacks);
}

/// Settings without a result come last.
double mean_or_last(const Spread& spread) {
    return spread.count > 0 ? spread.mean : std::numeric_limits<double>::infinity();
}

/// A place in a column: numbers by size, before texts.
struct SortKey {
    double number = std::numeric_limits<double>::infinity();
    std::string text;
    auto operator<=>(const SortKey&) const = default;
};

SortKey number_key(std::size_t number) { return {static_cast<double>(number), ""}; }

using KeyOf = std::function<SortKey(const SweepSetting& setting)>;

/// Columns beside what varies.
const std::vector<std::pair<std::string, KeyOf>>& result_columns() {
    static const std::vector<std::pair<std::string, KeyOf>> columns{
        {"test_error",
         [](const SweepSetting& s) {
             return SortKey{mean_or_last(s.test_error), ""};
         }},
        {"validation_error",
         [](const SweepSetting& s) {
             return SortKey{mean_or_last(s.validation_error), ""};
         }},
        {"train_error",
         [](const SweepSetting& s) {
             return SortKey{mean_or_last(s.train_error), ""};
         }},
        {"n", [](const SweepSetting& s) { return number_key(s.done); }},
        {"diverged", [](const SweepSetting& s) { return number_key(s.diverged); }},
        {"failed", [](const SweepSetting& s) { return number_key(s.failed); }}};
    return columns;
}

/// A column by its name; an axis by its key or the last parts of it.
KeyOf key_of_column(const ShownSweep& sweep, const std::string& column) {
    for (const auto& [name, key_of] : result_columns()) {
        if (name == column) return key_of;
    }
    const std::vector<std::string> labels = short_keys(sweep.axes);
    for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
        if (sweep.axes[axis] != column && labels[axis] != column) continue;
        return [axis](const SweepSetting& setting) {
            const std::string& value = setting.values[axis];
            const std::optional<double> number = as_number(value);
            return number && !std::isnan(*number) ? SortKey{*number, ""} : SortKey{SortKey().number, value};
        };
    }
    std::vector<std::string> names = labels;
    for (const auto& [name, key_of] : result_columns()) names.push_back(name);
    throw ConfigError(fmt::format("--sort {}: no such column; expected {}", column, fmt::join(names, ", ")));
}

void sort_settings(ShownSweep& sweep, const std::string& given) {
    const bool falls = given.starts_with("-");
    const KeyOf key_of = key_of_column(sweep, falls ? given.substr(1) : given);
    std::stable_sort(sweep.settings.begin(), sweep.settings.end(), [&](const SweepSetting& a, const SweepSetting& b) {
        return falls ? key_of(b) < key_of(a) : key_of(a) < key_of(b);
    });
}

void mark_best(ShownSweep& sweep) {
    const auto judged = sweep.by_validation ? &SweepSetting::validation_error : &SweepSetting::test_error;
    const auto best = std::min_element(sweep.settings.begin(), sweep.settings.end(), [&](const auto& a, const auto& b) {
        return mean_or_last(a.*judged) < mean_or_last(b.*judged);
    });
    if (best != sweep.settings.end()) best->is_best = ((*best).*judged).count > 0;
}

}  // namespace

ShownSweep shown_sweep(const SweepSummary& given, const std::string& directory, const SweepChoice& choice) {
    SweepSummary sweep = given;
    for (const std::string& condition : choice.where) keep(sweep, condition);
    ShownSweep shown;
    shown.directory = directory;
    shown.notes = sweep.warnings;
    for (const std::size_t axis : axes_but_seed(sweep)) shown.axes.push_back(sweep.axes[axis]);
    for (const SweepRow& row : sweep.rows) count(shown.all, row);
    shown.settings = grouped_points(sweep);
    shown.by_validation = is_judged_by_validation(shown.settings);
    mark_best(shown);
    sort_settings(shown, choice.sort.value_or(shown.by_validation ? "validation_error" : "test_error"));
    if (choice.top && shown.settings.size() > *choice.top) {
        shown.left_out = shown.settings.size() - *choice.top;
        shown.settings.resize(*choice.top);
    }
    return shown;
}

}  // namespace bnrun
