#include "report/settings_box.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "chart/svg.h"
#include "report/html.h"
#include "report/samples.h"
#include "settings/diff.h"
#include "settings/json.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostValues = 6;

using Defaults = std::unordered_map<std::string, std::string>;

Defaults default_values() {
    Defaults defaults;
    for (const auto& [key, value] : parse_config_values(config_text(Config()), "defaults")) {
        defaults.emplace(key, value_text(value));
    }
    return defaults;
}

std::string default_of(const Defaults& defaults, const std::string& key) {
    const auto found = defaults.find(key);
    return found == defaults.end() ? "" : found->second;
}

/// Keys that are not at their default in some run, in the order of the configs.
std::vector<std::string> notable_keys(const ReportData& data) {
    std::vector<std::string> keys;
    std::set<std::string> seen{"name", "seed"};
    for (const ReportRun& run : data.runs) {
        for (const auto& [key, value] : run.changed) {
            if (seen.insert(key).second) keys.push_back(key);
        }
    }
    for (const std::string& key : data.differing) {
        if (seen.insert(key).second) keys.push_back(key);
    }
    return keys;
}

/// `1, 2, 3` or `1, 2, 3, … (40)`, in the order of the runs.
std::string listed(const std::vector<std::string>& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size() && i < kMostValues; ++i) text += (i == 0 ? "" : ", ") + values[i];
    return values.size() > kMostValues ? text + fmt::format(", … ({})", values.size()) : text;
}

std::string values_in(const ReportData& data, const std::vector<std::size_t>& runs, const std::string& key) {
    std::vector<std::string> values;
    std::set<std::string> seen;
    for (const std::size_t run : runs) {
        const std::string value = data.runs[run].setting(key);
        if (seen.insert(value).second) values.push_back(value.empty() ? "–" : value);
    }
    return escaped(listed(values));
}

std::vector<std::size_t> all_runs(const ReportData& data) {
    std::vector<std::size_t> runs;
    for (std::size_t i = 0; i < data.runs.size(); ++i) runs.push_back(i);
    return runs;
}

/// A line of text may end behind each dot.
std::string breakable(const std::string& key) {
    std::string html;
    for (const char c : escaped(key)) html += c == '.' ? ".<wbr>" : std::string(1, c);
    return html;
}

std::string key_row(const ReportData& data, const std::string& key, const std::string& usual) {
    Cells cells{"<code>" + breakable(key) + "</code>", usual.empty() ? "–" : escaped(usual)};
    if (data.groups.size() <= kFewColumns) {
        for (const ReportGroup& group : data.groups) cells.push_back(values_in(data, group.runs, key));
    } else {
        cells.push_back(values_in(data, all_runs(data), key));
    }
    const bool differs = std::find(data.differing.begin(), data.differing.end(), key) != data.differing.end();
    return body_row(cells, differs ? " class=\"differs\"" : "");
}

}  // namespace

std::string value_cell(const ReportData& data, const ReportGroup& group, const std::string& key) {
    const std::string text = data.runs[group.runs.front()].setting(key);
    return text.empty() ? "–" : escaped(text);
}

std::string settings_box(const ReportData& data) {
    const Defaults defaults = default_values();
    Cells head{"key", "default"};
    if (data.groups.size() > kFewColumns) {
        head.emplace_back("values");
    } else if (data.groups.size() == 1) {
        head.emplace_back("value");
    } else {
        for (const ReportGroup& group : data.groups) head.push_back(sample_svg(group) + escaped(group.label));
    }
    std::string body;
    for (const std::string& key : notable_keys(data)) body += key_row(data, key, default_of(defaults, key));
    body += key_row(data, "seed", default_of(defaults, "seed"));
    return "<section id=\"settings\" aria-labelledby=\"settings-heading\">\n<h2 id=\"settings-heading\">Settings that "
           "are not the defaults</h2>\n" +
           table_html("Settings that are not the defaults", "", head, body) + "</section>\n";
}

}  // namespace bnrun
