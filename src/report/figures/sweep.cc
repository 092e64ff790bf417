#include "report/figures/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/statistics.h"
#include "report/groups.h"
#include "report/sweep_chart.h"

namespace bnrun {
namespace {

using Groups = std::set<std::size_t>;

/// The groups of each curve's runs, which a sweep's summary names as their configs do.
std::vector<Groups> groups_of(const ReportData& data, const SweepSeries& series) {
    std::unordered_map<std::string, Groups> named;
    for (const ReportRun& run : data.runs) named[run.setting("name")].insert(run.group);
    std::vector<Groups> groups(series.curves.size());
    for (std::size_t i = 0; i < series.curves.size(); ++i) {
        for (const SweepCell& cell : series.curves[i].cells) {
            for (const std::string& run : cell.runs) {
                const auto found = named.find(run);
                if (found != named.end()) groups[i].insert(found->second.begin(), found->second.end());
            }
        }
    }
    return groups;
}

/// The colour that a curve's runs have in the other figures, if they have one colour.
std::optional<std::size_t> colour_of(const ReportData& data, const Groups& groups) {
    std::set<std::size_t> colours;
    for (const std::size_t group : groups) colours.insert(data.groups[group].colour);
    return colours.size() == 1 ? std::optional(*colours.begin()) : std::nullopt;
}

Drawing legend_of(const SweepSeries& series, const std::vector<Style>& styles) {
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < styles.size(); ++i) {
        if (!series.curves[i].label.empty()) entries.push_back({series.curves[i].label, styles[i]});
    }
    return draw_legend(entries, kWide.width);
}

std::vector<Style> styles_of(const ReportData& data, const std::vector<Groups>& groups) {
    std::vector<Style> styles;
    std::set<std::size_t> used;
    for (const Groups& of_curve : groups) {
        const std::optional<std::size_t> colour = colour_of(data, of_curve);
        if (colour && used.insert(*colour).second) styles.push_back({*colour, (used.size() - 1) % kDashes});
    }
    if (styles.size() == groups.size()) return styles;
    styles.clear();
    for (std::size_t i = 0; i < groups.size(); ++i)
        styles.push_back({i % kColours, (i < kColours ? i : i / kColours) % kDashes});
    return styles;
}

std::string sweep_description(const SweepSeries& series) {
    std::string text;
    for (const SweepCurve& curve : series.curves) {
        const auto best = std::min_element(curve.cells.begin(), curve.cells.end(), [](const auto& a, const auto& b) {
            const Spread first = spread_of(a.values);
            const Spread second = spread_of(b.values);
            return second.count == 0 ? first.count > 0 : first.count > 0 && first.mean < second.mean;
        });
        const std::string where =
            series.axis.empty() ? "" : fmt::format(" at {} = {}", series.axis, number_label(best->x));
        text += fmt::format("{}: lowest {} {}{}. ", curve.label.empty() ? "all runs" : curve.label, series.measure,
                            spread_text(spread_of(best->values)), where);
    }
    return text;
}

std::string capitalized(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

bool has_troubles(const SweepSeries& series) {
    return std::any_of(series.curves.begin(), series.curves.end(), [](const SweepCurve& curve) {
        return std::any_of(curve.cells.begin(), curve.cells.end(),
                           [](const SweepCell& cell) { return !cell.troubles.empty(); });
    });
}

}  // namespace

std::optional<Figure> sweep_figure(const ReportData& data) {
    if (!data.sweep) return std::nullopt;
    const SweepSeries series = sweep_series(*data.sweep, data.y);
    const std::vector<Groups> groups = groups_of(data, series);
    std::vector<std::string> attributes;
    for (const Groups& of_curve : groups) {
        attributes.push_back(of_curve.size() == 1 ? fmt::format(R"(data-group="{}")", *of_curve.begin())
                                                  : R"(class="setting")");
    }
    const std::vector<Style> styles = styles_of(data, groups);
    Drawing drawing = draw_sweep(series, styles, attributes);
    const std::string measure = capitalized(series.measure);
    drawing.title = measure + " of the sweep";
    drawing.description = sweep_description(series);
    const std::string against = series.axis.empty() ? "" : " against " + key_labels({series.axis}).front();
    std::string caption = "Mean and standard deviation over seeds.";
    if (has_troubles(series))
        caption += " A cross at the upper edge marks runs that have no result, such as diverged ones.";
    return Figure{
        "sweep", measure + against, caption, {drawing}, 1, series.axis.empty() ? Drawing{} : legend_of(series, styles),
        true};
}

}  // namespace bnrun
