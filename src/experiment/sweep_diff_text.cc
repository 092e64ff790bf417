#include "experiment/sweep_diff_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/columns.h"
#include "base/json_text.h"

namespace bnrun {
namespace {

using SettingLine = std::array<std::string, 7>;

constexpr const char* kCovers =
    "{0:.0f} %: Student's t interval over seeds, of the pairs' B - A. If the seeds are a random sample and the "
    "differences about normal, {0:.0f} % of such intervals hold the mean difference over all seeds. It stands for its "
    "one setting: not for other data or settings, nor for the best of many.";

std::string interval_text(const SettingDiff& row) {
    if (!row.interval) return "-";
    return fmt::format("{:+.4f} to {:+.4f}", row.interval->mean - row.interval->half_width,
                       row.interval->mean + row.interval->half_width);
}

std::string verdict(const SettingDiff& row) {
    if (row.same) return "same";
    if (!row.interval) return "";
    if (row.interval->mean - row.interval->half_width > 0) return "A lower";
    return row.interval->mean + row.interval->half_width < 0 ? "B lower" : "";
}

/// Each column as wide as its widest cell; the first to the left, the others to the right.
std::string aligned(const std::vector<SettingLine>& lines) {
    std::array<std::size_t, std::tuple_size_v<SettingLine>> widths{};
    for (const SettingLine& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], columns_of(line[i]));
    }
    std::string text;
    for (const SettingLine& line : lines) {
        std::string row;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::string blanks(widths[i] - columns_of(line[i]), ' ');
            row += i == 0 ? line[i] + blanks : "  " + blanks + line[i];
        }
        text += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

std::string in_markdown(const std::vector<SettingLine>& lines) {
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        text += fmt::format("| {} |\n", fmt::join(lines[i], " | "));
        if (i == 0) text += "| --- | ---: | ---: | ---: | ---: | ---: | --- |\n";
    }
    return text;
}

std::string table_of(const SweepDiff& diff, const std::string& measure, DiffLayout layout, bool all) {
    std::vector<SettingLine> lines{
        {measure, "pairs", "A", "B", "B - A", fmt::format("{:.0f} %", 100 * kIntervalShare), ""}};
    std::size_t same = 0;
    for (const SettingDiff& row : diff.settings) {
        if (row.measure != measure) continue;
        if (row.same && !all) {
            ++same;
            continue;
        }
        lines.push_back({row.setting, fmt::format("{}", row.pairs), fmt::format("{:.4f}", row.a),
                         fmt::format("{:.4f}", row.b), fmt::format("{:+.4f}", row.difference), interval_text(row),
                         verdict(row)});
    }
    std::string text;
    if (lines.size() > 1) text += layout == DiffLayout::kMarkdown ? in_markdown(lines) : aligned(lines);
    if (same > 0) text += fmt::format("{}settings with the same {}: {}\n", text.empty() ? "" : "\n", measure, same);
    return text;
}

std::vector<std::string> measures_in(const SweepDiff& diff) {
    std::vector<std::string> names;
    for (const SettingDiff& row : diff.settings) {
        if (names.empty() || names.back() != row.measure) names.push_back(row.measure);
    }
    return names;
}

std::string listed(const char* what, const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += fmt::format("{}: {}\n", what, name);
    return text;
}

std::string or_none(const std::string& json) { return json.empty() ? "none" : json; }

OrderedJson row_json(const SettingDiff& row) {
    OrderedJson json{
        {"setting", row.setting},       {"measure", row.measure}, {"pairs", row.pairs}, {"a", row.a},      {"b", row.b},
        {"difference", row.difference}, {"low", nullptr},         {"high", nullptr},    {"same", row.same}};
    if (row.interval) {
        json["low"] = row.interval->mean - row.interval->half_width;
        json["high"] = row.interval->mean + row.interval->half_width;
    }
    return json;
}

}  // namespace

std::string sweep_diff_text(const SweepDiff& diff, DiffLayout layout, bool all) {
    const char* const end = layout == DiffLayout::kMarkdown ? "\n\n" : "\n";
    std::string text = fmt::format("A: {}{}B: {}{}", diff.a, end, diff.b, end);
    for (const ConfigDifference& key : diff.config) {
        text += fmt::format("{}: A {}, B {}{}", key.key, or_none(key.a), or_none(key.b), end);
    }
    text +=
        fmt::format("pairs: {}, by {}; only in A: {}; only in B: {}; with two endings: {}; without errors: {}\n",
                    diff.pairs, diff.paired_by.empty() ? "nothing" : fmt::format("{}", fmt::join(diff.paired_by, ", ")),
                    diff.only_a.size(), diff.only_b.size(), diff.unlike.size(), diff.without_errors);
    for (const std::string& measure : measures_in(diff)) text += "\n" + table_of(diff, measure, layout, all);
    const std::string odd =
        listed("only in A", diff.only_a) + listed("only in B", diff.only_b) + listed("two endings", diff.unlike);
    if (!odd.empty()) text += "\n" + odd;
    const bool has_interval = std::any_of(diff.settings.begin(), diff.settings.end(),
                                          [&](const SettingDiff& row) { return row.interval && (all || !row.same); });
    if (has_interval) text += "\n" + fmt::format(fmt::runtime(kCovers), 100 * kIntervalShare) + "\n";
    return text;
}

std::string sweep_diff_json(const SweepDiff& diff, bool all) {
    OrderedJson json{
        {"same", diff.same()}, {"a", diff.a}, {"b", diff.b}, {"pairs", diff.pairs}, {"paired_by", diff.paired_by}};
    json["config"] = OrderedJson::array();
    for (const ConfigDifference& key : diff.config) {
        const auto value = [](const std::string& text) {
            return text.empty() ? OrderedJson(nullptr) : parse_stored(text, "config");
        };
        json["config"].push_back({{"key", key.key}, {"a", value(key.a)}, {"b", value(key.b)}});
    }
    json["interval"] = kIntervalShare;
    json["settings"] = OrderedJson::array();
    for (const SettingDiff& row : diff.settings) {
        if (all || !row.same) json["settings"].push_back(row_json(row));
    }
    json["only_a"] = diff.only_a;
    json["only_b"] = diff.only_b;
    json["two_endings"] = diff.unlike;
    json["without_errors"] = diff.without_errors;
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace bnrun
