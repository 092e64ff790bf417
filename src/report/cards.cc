#include "report/cards.h"

#include <fmt/format.h>

#include <cmath>

#include "base/statistics.h"
#include "chart/scale.h"
#include "chart/svg.h"
#include "report/averages.h"
#include "report/ranking.h"
#include "report/samples.h"
#include "report/settings_box.h"
#include "report/show_verdict.h"
#include "report/steps.h"

namespace bnrun {
namespace {

/// What a card shows of a setting.
struct Entry {
    std::size_t group = 0;
    std::string value;
    std::string note;     ///< may be empty
    std::string classes;  ///< may be empty
};

std::string entry_html(const ReportData& data, const Entry& entry, const char* part) {
    const std::string name = data.groups.size() == 1 ? ""
                                                     : "<span class=\"of\">" + sample_svg(data.groups[entry.group]) +
                                                           escaped(data.groups[entry.group].label) + "</span>";
    const std::string note = entry.note.empty() ? "" : " <small>" + escaped(entry.note) + "</small>";
    return fmt::format("<p class=\"{}\"{}>{}<b>{}</b>{}</p>\n", entry.classes,
                       *part == 0 ? "" : fmt::format(" data-group=\"{}\" data-card=\"{}\"", entry.group, part), name,
                       escaped(entry.value), note);
}

/// @param part by which the script finds its lines; may be empty
std::string card_html(const ReportData& data, const std::string& heading, const std::vector<Entry>& entries,
                      const std::string& note, const char* part = "") {
    std::string html = "<div class=\"card\"><h2>" + escaped(heading) + "</h2>\n";
    for (const Entry& entry : entries) html += entry_html(data, entry, part);
    return html + (note.empty() ? "" : "<p class=\"note\">" + note + "</p>\n") + "</div>\n";
}

/// The settings that have a line: all of a few, else the best.
std::vector<std::size_t> groups_on_cards(const ReportData& data) {
    std::vector<std::size_t> groups = ranked(data);
    if (groups.size() > kFewColumns) groups.erase(groups.begin() + 1, groups.end());
    return groups;
}

std::string trouble_class(const ReportData& data, const ReportGroup& group) {
    for (const std::size_t run : group.runs) {
        if (is_lost(data.runs[run])) return "trouble";
    }
    return "";
}

/// The range of all settings, and how many have runs without a result.
std::string errors_note(const ReportData& data) {
    std::size_t lost = 0;
    for (const ReportRun& run : data.runs) lost += is_lost(run) ? 1 : 0;
    std::string note;
    if (data.groups.size() > kFewColumns) {
        Extent means;
        for (const ReportGroup& group : data.groups) {
            const Spread spread = spread_of(errors_of(data, group, &ReportRun::test_error));
            if (spread.count > 0) means.add(spread.mean);
        }
        note = fmt::format("The best of {} settings", data.groups.size());
        if (!means.empty()) note += fmt::format("; they reach from {:.4f} to {:.4f}", means.low(), means.high());
        note += ".";
    }
    if (lost > 0) note += fmt::format(" {} of {} runs diverged or failed.", lost, data.runs.size());
    return escaped(note);
}

std::string errors_card(const ReportData& data) {
    std::vector<Entry> entries;
    for (const std::size_t g : groups_on_cards(data)) {
        const ReportGroup& group = data.groups[g];
        const std::size_t count = errors_of(data, group, &ReportRun::test_error).size();
        entries.push_back({g, result_text(data, group, &ReportRun::test_error),
                           count > 1 ? fmt::format("{} seeds", count) : "", trouble_class(data, group)});
    }
    return card_html(data, "Test error", entries, errors_note(data));
}

/// Over the runs that finished, for each setting.
std::string time_card(const ReportData& data) {
    std::vector<Entry> entries;
    for (const std::size_t g : groups_on_cards(data)) {
        std::vector<double> seconds;
        for (const std::size_t run : data.groups[g].runs) {
            if (data.runs[run].seconds) seconds.push_back(*data.runs[run].seconds);
        }
        const Spread spread = spread_of(seconds);
        entries.push_back(
            {g, spread.count == 0 ? "–" : duration_text(spread.mean),
             spread.count > 1
                 ? fmt::format("a run, {} in all", duration_text(spread.mean * static_cast<double>(spread.count)))
                 : "",
             ""});
    }
    double all = 0;
    for (const ReportRun& run : data.runs) all += run.seconds.value_or(0);
    return card_html(
        data, "Time", entries,
        data.runs.size() > 1 ? fmt::format("{} runs, {} in all.", data.runs.size(), duration_text(all)) : "");
}

}  // namespace

std::string duration_text(double seconds) {
    if (!(seconds >= 0) || !std::isfinite(seconds)) return "–";
    if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<long long>(std::llround(seconds));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string cards_html(const ReportData& data, std::int64_t step) {
    std::vector<Entry> factors;
    std::vector<Entry> verdicts;
    for (const std::size_t g : groups_on_cards(data)) {
        const ReportGroup& group = data.groups[g];
        const Verdict verdict = verdict_of(mean_norms(data, group, step).mean);
        factors.push_back({g, factor_cell(verdict), "", ""});
        verdicts.push_back({g, flow_name(verdict.flow), trouble_of(data, group), trouble_class(data, group)});
    }
    const std::string at = "<span class=\"moment\">" + escaped(step_text(data, step)) + "</span>";
    return "<div class=\"cards\">\n" + errors_card(data) +
           card_html(data, "Factor from layer to layer", factors,
                     "A hidden layer’s gradient norm over that of the layer below, at " + at + ".", "factor") +
           card_html(data, "Verdict", verdicts,
                     "Vanishing: the first hidden layer’s norm is below a tenth of the last one’s; exploding: above "
                     "ten times "
                     "it.",
                     "verdict") +
           time_card(data) + "</div>\n";
}

}  // namespace bnrun
