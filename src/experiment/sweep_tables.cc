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
    std::size_t diverged = 0;
    std::vector<double> test_errors;
    std::vector<double> train_errors;
    std::vector<double> validation_errors;
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
        if (is_new) groups.push_back({plan.points[i].group, 0, 0, {}, {}, {}});
        Group& group = groups[place->second];
        ++group.points;
        if (results[i].state == PointState::kDiverged) ++group.diverged;
        if (results[i].state != PointState::kDone) continue;
        if (results[i].stored.test_error) group.test_errors.push_back(*results[i].stored.test_error);
        if (results[i].stored.train_error) group.train_errors.push_back(*results[i].stored.train_error);
        if (results[i].stored.validation_error) group.validation_errors.push_back(*results[i].stored.validation_error);
    }
    return groups;
}

bool has_validation(const PointResult& result) {
    return result.state == PointState::kDone && result.stored.validation_error.has_value();
}

/// Whether the best is found by validation: where every setting with a result has one of it.
bool judges_by_validation(const std::vector<Group>& groups) {
    const auto has = [](const Group& group) { return !group.validation_errors.empty(); };
    const auto lacks = [&](const Group& group) { return !group.test_errors.empty() && !has(group); };
    return std::any_of(groups.begin(), groups.end(), has) && std::none_of(groups.begin(), groups.end(), lacks);
}

}  // namespace

std::string sweep_csv(const SweepPlan& plan, const std::vector<PointResult>& results) {
    std::string text = "run";
    for (const std::string& column : plan.columns) text += "," + summary_cell(column);
    const bool validates = std::any_of(results.begin(), results.end(), has_validation);
    text += ",status,train_loss,train_error,test_loss,test_error,test_wrong";
    text += validates ? ",validation_loss,validation_error\n" : "\n";
    for (std::size_t i = 0; i < plan.points.size(); ++i) {
        const bool done = results[i].state == PointState::kDone;
        const StoredResult stored = done ? results[i].stored : StoredResult{};
        text += summary_cell(plan.points[i].name);
        for (const std::string& value : plan.points[i].values) text += "," + summary_cell(value);
        text += fmt::format(",{},{},{},{},{},{}", state_name(results[i].state), csv_number(stored.train_loss),
                            csv_number(stored.train_error), csv_number(stored.test_loss), csv_number(stored.test_error),
                            stored.test_wrong ? fmt::format("{}", *stored.test_wrong) : "");
        if (validates) text += "," + csv_number(stored.validation_loss) + "," + csv_number(stored.validation_error);
        text += "\n";
    }
    return text;
}

std::string sweep_table(const SweepPlan& plan, const std::vector<PointResult>& results) {
    const std::vector<Group> groups = grouped(plan, results);
    const bool validates = std::any_of(results.begin(), results.end(), has_validation);
    const auto judged = judges_by_validation(groups) ? &Group::validation_errors : &Group::test_errors;
    const auto best = std::min_element(groups.begin(), groups.end(), [&](const Group& a, const Group& b) {
        return mean(a.*judged) < mean(b.*judged);
    });
    std::size_t width = 3;
    for (const Group& group : groups) width = std::max(width, group.name.size());
    const auto line = [&](char mark, const std::string& name, const std::string& n, const std::string& diverged,
                          const std::string& validation, const std::string& test, const std::string& train) {
        return fmt::format("{} {:<{}}  {:>7}  {:>8}  {}{:<15}  {}\n", mark, name, width, n, diverged,
                           validates ? fmt::format("{:<20}  ", validation) : "", test, train);
    };
    const bool by_validation = judged == &Group::validation_errors;
    std::string text = line(' ', "run", "n", "diverged", by_validation ? "validation_error (*)" : "validation_error",
                            by_validation ? "test_error" : "test_error (*)", "train_error");
    for (const Group& group : groups) {
        const bool is_best = &group == &*best && !(group.*judged).empty();
        const std::size_t wanted = group.points - group.diverged;
        const std::string n = group.test_errors.size() == wanted
                                  ? fmt::format("{}", wanted)
                                  : fmt::format("{} of {}", group.test_errors.size(), wanted);
        text += line(is_best ? '*' : ' ', group.name, n, fmt::format("{}", group.diverged),
                     mean_text(group.validation_errors), mean_text(group.test_errors), mean_text(group.train_errors));
    }
    return text;
}

}  // namespace bnrun
