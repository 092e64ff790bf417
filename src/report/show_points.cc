#include "report/show_points.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/stored_config.h"
#include "files/run_files.h"
#include "report/show_outline.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

struct RunOfSweep {
    std::string name;
    std::unordered_map<std::string, std::string> settings;  ///< values as JSON, by key
    RunOutcome outcome;
};

/// The names of runs' directories, `seed=2` before `seed=10`.
std::vector<std::string> run_names_in(const std::string& directory) {
    std::error_code error;
    std::vector<std::string> names = names_in(directory, error);
    std::erase_if(names, [&](const std::string& name) { return !is_run_directory(path_in(directory, name)); });
    std::sort(names.begin(), names.end(),
              [](const std::string& a, const std::string& b) { return ::strverscmp(a.c_str(), b.c_str()) < 0; });
    return names;
}

/// Keys in which the points differ, in the order in which they come; not the name.
std::vector<std::string> varying_keys(const std::vector<RunOfSweep>& points, const std::vector<std::string>& order) {
    std::vector<std::string> keys;
    std::copy_if(order.begin(), order.end(), std::back_inserter(keys), [&](const std::string& key) {
        const auto value = [&](const RunOfSweep& point) {
            const auto found = point.settings.find(key);
            return found == point.settings.end() ? "" : found->second;
        };
        return std::any_of(points.begin(), points.end(),
                           [&](const RunOfSweep& p) { return value(p) != value(points[0]); });
    });
    return keys;
}

SweepRow row_of_point(const RunOfSweep& point, const std::vector<std::string>& axes) {
    const StoredResult& result = point.outcome.result;
    SweepRow row;
    row.run = point.name;
    for (const std::string& axis : axes) {
        const auto found = point.settings.find(axis);
        row.values.push_back(found == point.settings.end() ? "" : value_text(found->second));
    }
    row.status = point.outcome.state;
    row.train_error = result.train_error;
    row.test_error = result.test_error;
    row.train_loss = result.train_loss;
    row.test_loss = result.test_loss;
    row.validation_error = result.validation_error;
    return row;
}

SweepSummary summary_of_runs(const std::string& directory, const std::vector<std::string>& names) {
    std::vector<RunOfSweep> points;
    std::vector<std::string> order;
    std::unordered_map<std::string, bool> seen;
    for (const std::string& name : names) {
        const std::string run = path_in(directory, name);
        RunOfSweep& point = points.emplace_back(RunOfSweep{name, {}, read_outcome(run)});
        for (auto& [key, value] : stored_values(run)) {
            if (key != "name" && seen.emplace(key, true).second) order.push_back(key);
            if (key != "name") point.settings.emplace(key, std::move(value));
        }
    }
    SweepSummary summary;
    summary.axes = varying_keys(points, order);
    for (const RunOfSweep& point : points) summary.rows.push_back(row_of_point(point, summary.axes));
    return summary;
}

}  // namespace

std::optional<SweepSummary> points_in(const std::string& directory) {
    const std::string path = path_in(directory, kSweepSummaryFile);
    if (is_sweep_summary(path)) return read_sweep_summary(path);
    const std::vector<std::string> names = run_names_in(directory);
    if (names.empty()) return std::nullopt;
    return summary_of_runs(directory, names);
}

bool is_sweep_directory(const std::string& directory) {
    return path_exists(path_in(directory, kSweepFile)) || is_sweep_summary(path_in(directory, kSweepSummaryFile));
}

}  // namespace bnrun
