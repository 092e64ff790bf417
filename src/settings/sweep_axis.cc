#include "settings/sweep_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "settings/sweep_values.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostOfAxis = 100;

bool is_labelled(const OrderedJson& item) {
    return item.is_object() && item.size() == 2 && item.contains("value") && item.contains("label");
}

void check_label(const OrderedJson& label, const std::string& where) {
    if (label.is_string() && !label.get<std::string>().empty()) return;
    throw ConfigError(where + ": label: expected text, such as {\"value\": false, \"label\": \"without\"}");
}

void extend_from_flag(SweepAxis& axis, const char* flag, const std::string& text) {
    const FlagAssignment assignment = flag_assignment(flag, text);
    extend(axis, assignment.key, {sweep_values(assignment.values, assignment.where), {}}, assignment.where);
    axis.given.push_back(first_characters(assignment.where, kMostOfAxis));
}

std::vector<std::string> split_labels(const std::string& text, const std::string& where) {
    std::vector<std::string> labels(1);
    for (const char c : text) {
        if (c == ',') {
            labels.emplace_back();
        } else {
            labels.back() += c;
        }
    }
    if (std::count(labels.begin(), labels.end(), "") > 0) {
        throw ConfigError(where + ": an empty label; expected one for each value, between commas");
    }
    return labels;
}

}  // namespace

AxisValues axis_values(const OrderedJson& json, const std::string& where) {
    if (json.is_string()) return {sweep_values(json.get<std::string>(), where), {}};
    if (!json.is_array()) throw ConfigError(where + ": expected a list of values, or a string such as \"1:3\"");
    if (json.empty()) throw ConfigError(where + ": no values; expected some, such as [1, 2, 3]");
    AxisValues values;
    bool has_labels = false;
    for (const OrderedJson& item : json) {
        const bool labelled = is_labelled(item);
        if (labelled) check_label(item["label"], where);
        values.values.push_back((labelled ? item["value"] : item).dump());
        values.labels.push_back(labelled ? item["label"].get<std::string>() : "");
        has_labels = has_labels || labelled;
    }
    if (!has_labels) values.labels.clear();
    return values;
}

void extend(SweepAxis& axis, const std::string& key, AxisValues values, const std::string& where) {
    if (!axis.values.empty() && values.values.size() != axis.values.front().size()) {
        throw ConfigError(fmt::format("{}: {} values, but {} of {}; expected as many, as zip takes them in pairs",
                                      where, values.values.size(), axis.values.front().size(), axis.keys.front()));
    }
    axis.keys.push_back(key);
    axis.labels.push_back(values.labels.empty() ? std::vector<std::string>(values.values.size())
                                                : std::move(values.labels));
    axis.values.push_back(std::move(values.values));
}

FlagAssignment flag_assignment(const char* flag, const std::string& text) {
    const std::string where = first_characters(fmt::format("{} {}", flag, text), kMostOfGiven);
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
        throw ConfigError(fmt::format("{}: expected key=values, such as {} seed=1:3", where, flag));
    }
    return {text.substr(0, equals), text.substr(equals + 1), where};
}

std::vector<SweepAxis> axes_from_flags(const std::vector<std::string>& grid, const std::vector<std::string>& zip) {
    std::vector<SweepAxis> axes;
    for (const std::string& assignment : grid) extend_from_flag(axes.emplace_back(), "--grid", assignment);
    if (zip.empty()) return axes;
    SweepAxis& together = axes.emplace_back();
    for (const std::string& assignment : zip) extend_from_flag(together, "--zip", assignment);
    return axes;
}

void add_labels(std::vector<SweepAxis>& axes, const std::vector<std::string>& labels) {
    for (const std::string& text : labels) {
        const FlagAssignment assignment = flag_assignment("--labels", text);
        std::vector<std::string> names = split_labels(assignment.values, assignment.where);
        bool is_found = false;
        for (SweepAxis& axis : axes) {
            const auto key = std::find(axis.keys.begin(), axis.keys.end(), assignment.key);
            if (key == axis.keys.end()) continue;
            std::vector<std::string>& of_key = axis.labels[static_cast<std::size_t>(key - axis.keys.begin())];
            if (of_key.size() != names.size()) {
                throw ConfigError(fmt::format("{}: {} labels for {} values; expected one for each", assignment.where,
                                              names.size(), of_key.size()));
            }
            of_key = names;
            is_found = true;
        }
        if (!is_found) {
            throw ConfigError(fmt::format("{}: no --grid and no --zip varies {}; remove the labels", assignment.where,
                                          assignment.key));
        }
    }
}

}  // namespace bnrun
