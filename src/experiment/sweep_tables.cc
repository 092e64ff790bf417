#include "experiment/sweep_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/number_text.h"
#include "files/sweep_summary.h"

namespace bnrun {
namespace {

std::string csv_number(const std::optional<double>& value) { return value ? shortest_text(*value) : ""; }

struct Group {
    std::string name;
    std::size_t points = 0;
    std::vector<double> test_errors;
    std::vector<double> train_errors;
};

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return values.empty() ? std::numeric_limits<double>::infinity() : sum / static_cast<double>(values.size());
}

std::string mean_text(const std::vector<double>& values) {
    if (values.empty()) return "-";
    const double centre = mean(values);
    if (values.size() == 1) return fmt::format("{:.4f}", centre);
    double squares = 0;
    for (const double value : values) squares += (value - centre) * (value - centre);
    return fmt::format("{:.4f} ± {:.4f}", centre, std::sqrt(squares / static_cast<double>(values.size() - 1)));
}

/// In the order of each group's first point.
std::vector<Group> grouped(const SweepPlan& plan, const std::vector<PointResult>& results) {
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < plan.points.size(); ++i) {
        const auto [place, is_new] = places.emplace(plan.points[i].group, groups.size());
        if (is_new) groups.push_back({plan.points[i].group, 0, {}, {}});
        Group& group = groups[place->second];
        ++group.points;
        if (results[i].state != PointState::kDone) continue;
        if (results[i].stored.test_error) group.test_errors.push_back(*results[i].stored.test_error);
        if (results[i].stored.train_error) group.train_errors.push_back(*results[i].stored.train_error);
    }
    return groups;
}

}  // namespace

std::string sweep_csv(const SweepPlan& plan, const std::vector<PointResult>& results) {
    std::string text = "run";
    for (const std::string& column : plan.columns) text += "," + summary_cell(column);
    text += ",status,train_loss,train_error,test_loss,test_error,test_wrong\n";
    for (std::size_t i = 0; i < plan.points.size(); ++i) {
        const bool done = results[i].state == PointState::kDone;
        const StoredResult stored = done ? results[i].stored : StoredResult{};
        text += summary_cell(plan.points[i].name);
        for (const std::string& value : plan.points[i].values) text += "," + summary_cell(value);
        text += fmt::format(",{},{},{},{},{},{}\n", state_name(results[i].state), csv_number(stored.train_loss),
                            csv_number(stored.train_error), csv_number(stored.test_loss), csv_number(stored.test_error),
                            stored.test_wrong ? fmt::format("{}", *stored.test_wrong) : "");
    }
    return text;
}

std::string sweep_table(const SweepPlan& plan, const std::vector<PointResult>& results) {
    const std::vector<Group> groups = grouped(plan, results);
    const auto best = std::min_element(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
        return mean(a.test_errors) < mean(b.test_errors);
    });
    std::size_t width = 3;
    for (const Group& group : groups) width = std::max(width, group.name.size());
    std::string text = fmt::format("  {:<{}}  {:>7}  {:<15}  {}\n", "run", width, "n", "test_error", "train_error");
    for (const Group& group : groups) {
        const bool is_best = &group == &*best && !group.test_errors.empty();
        const std::string n = group.test_errors.size() == group.points
                                  ? fmt::format("{}", group.points)
                                  : fmt::format("{} of {}", group.test_errors.size(), group.points);
        text += fmt::format("{} {:<{}}  {:>7}  {:<15}  {}\n", is_best ? '*' : ' ', group.name, width, n,
                            mean_text(group.test_errors), mean_text(group.train_errors));
    }
    return text;
}

}  // namespace bnrun
