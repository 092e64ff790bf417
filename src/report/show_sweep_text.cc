#include "report/show_sweep_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/printable.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

bool any_has(const ShownSweep& sweep, Spread SweepSetting::*error) {
    return std::any_of(sweep.settings.begin(), sweep.settings.end(),
                       [&](const SweepSetting& setting) { return (setting.*error).count > 0; });
}

/// `3`, or `2 of 3` where some have no result.
std::string n_text(const SweepSetting& setting) {
    return setting.done == setting.points ? fmt::format("{}", setting.points)
                                          : fmt::format("{} of {}", setting.done, setting.points);
}

/// Adds a column: its heading, and a cell of each setting.
template <class CellOf>
void add_column(TextTable& table, const ShownSweep& sweep, Align align, const std::string& heading, CellOf cell) {
    table.aligns.push_back(align);
    table.rows.front().push_back(heading);
    for (std::size_t i = 0; i < sweep.settings.size(); ++i) table.rows[i + 1].push_back(cell(sweep.settings[i]));
}

TextTable settings_of(const ShownSweep& sweep) {
    TextTable table{{}, std::vector<std::vector<std::string>>(sweep.settings.size() + 1), 2, 0};
    const auto error = [&](const std::string& name, Spread SweepSetting::*value, bool is_judged) {
        add_column(table, sweep, Align::kLeft, name + (is_judged ? " (*)" : ""),
                   [&](const SweepSetting& setting) { return spread_text(setting.*value); });
    };
    const auto number = [&](const char* name, std::size_t SweepSetting::*value) {
        if (sweep.all.*value == 0) return;
        add_column(table, sweep, Align::kRight, name, [&](const SweepSetting& setting) {
            return setting.*value == 0 ? "" : fmt::format("{}", setting.*value);
        });
    };
    add_column(table, sweep, Align::kLeft, "", [](const SweepSetting& s) { return s.is_best ? "*" : ""; });
    const bool validates = any_has(sweep, &SweepSetting::validation_error);
    if (validates) error("validation", &SweepSetting::validation_error, sweep.by_validation);
    error("test error", &SweepSetting::test_error, !sweep.by_validation);
    const std::vector<std::string> labels = short_keys(sweep.axes);
    for (std::size_t axis = 0; axis < labels.size(); ++axis) {
        add_column(table, sweep, Align::kLeft, printable(labels[axis]),
                   [axis](const SweepSetting& setting) { return printable(setting.values[axis]); });
    }
    add_column(table, sweep, Align::kLeft, "n", n_text);
    number("diverged", &SweepSetting::diverged);
    number("failed", &SweepSetting::failed);
    error("train error", &SweepSetting::train_error, false);
    table.flexible = table.aligns.size() - 1;
    return table;
}

OrderedJson spread_json(const Spread& spread) {
    if (spread.count == 0) return nullptr;
    return {{"mean", spread.mean},
            {"sd", spread.count > 1 ? OrderedJson(spread.deviation) : OrderedJson()},
            {"n", spread.count}};
}

OrderedJson value_json(const std::string& value) {
    const std::optional<double> number = as_number(value);
    if (number && std::isfinite(*number)) return *number;
    return value == "true" || value == "false" ? OrderedJson(value == "true") : OrderedJson(value);
}

OrderedJson setting_json(const SweepSetting& setting, const std::vector<std::string>& axes) {
    OrderedJson values = OrderedJson::object();
    for (std::size_t axis = 0; axis < axes.size(); ++axis) values[axes[axis]] = value_json(setting.values[axis]);
    return {{"values", values},
            {"best", setting.is_best},
            {"points", setting.points},
            {"done", setting.done},
            {"diverged", setting.diverged},
            {"failed", setting.failed},
            {"test_error", spread_json(setting.test_error)},
            {"validation_error", spread_json(setting.validation_error)},
            {"train_error", spread_json(setting.train_error)}};
}

}  // namespace

std::string points_text(const SweepSetting& points) {
    std::string text = fmt::format("{} point{}: {} done", points.points, points.points == 1 ? "" : "s", points.done);
    if (points.diverged > 0) text += fmt::format(", {} diverged", points.diverged);
    if (points.failed > 0) text += fmt::format(", {} failed", points.failed);
    const std::size_t rest = points.points - points.done - points.diverged - points.failed;
    return rest > 0 ? text + fmt::format(", {} not done", rest) : text;
}

std::string show_sweep_text(const ShownSweep& sweep, const TextLook& look) {
    const std::string name = std::filesystem::path(sweep.directory).lexically_normal().filename().string();
    const std::string title =
        as_shown(printable((name.empty() ? "sweep" : name) + "  " + sweep.directory), look.glyphs);
    std::string text =
        emphasized(title, Emphasis::kStrong, look) + "\n" + wrapped("  ", 2, points_text(sweep.all), look);
    text += wrapped("  ", 2,
                    fmt::format("* has the lowest mean {} error; mean ± standard deviation over n points",
                                sweep.by_validation ? "validation" : "test"),
                    look);
    text += "\n";
    const std::vector<std::string> lines = text_table(settings_of(sweep), look);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool is_best = i > 0 && sweep.settings[i - 1].is_best;
        text += emphasized(lines[i], is_best ? Emphasis::kGood : Emphasis::kNone, look) + "\n";
    }
    if (sweep.left_out > 0) text += wrapped("", 0, fmt::format("and {} more settings", sweep.left_out), look);
    for (const std::string& note : sweep.notes) text += "\n" + wrapped("", 0, printable(note), look);
    return text;
}

OrderedJson show_sweep_json(const ShownSweep& sweep) {
    OrderedJson json = {{"kind", "sweep"},
                        {"directory", sweep.directory},
                        {"points", sweep.all.points},
                        {"done", sweep.all.done},
                        {"diverged", sweep.all.diverged},
                        {"failed", sweep.all.failed},
                        {"judged_by", sweep.by_validation ? "validation_error" : "test_error"},
                        {"varies", sweep.axes},
                        {"settings", OrderedJson::array()}};
    for (const SweepSetting& setting : sweep.settings) json["settings"].push_back(setting_json(setting, sweep.axes));
    return json;
}

}  // namespace bnrun
