#include "report/figures/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/statistics.h"
#include "report/groups.h"
#include "report/styles.h"
#include "report/sweep_chart.h"

namespace bnrun {
namespace {

using Groups = std::vector<std::size_t>;

/// The colour that a curve's runs have in the other figures, if they have one colour.
std::size_t colour_of(const ReportData& data, const Groups& groups) {
    std::set<std::size_t> colours;
    for (const std::size_t group : groups) colours.insert(data.groups[group].colour);
    return colours.size() == 1 ? *colours.begin() : kNeutral;
}

std::vector<Style> styles_of(const ReportData& data, const std::vector<Groups>& groups) {
    std::vector<Style> styles;
    std::vector<std::size_t> members(kNeutral + 1);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        // A summary without its runs has no other figure to agree with.
        const std::size_t colour = data.groups.empty() ? std::min(i, kNeutral) : colour_of(data, groups[i]);
        const std::size_t member = members[colour]++;
        const std::size_t dash = groups[i].size() == 1 ? data.groups[groups[i].front()].dash
                                 : colour == kNeutral  ? member
                                                       : i;
        styles.push_back({colour, dash % kDashes});
    }
    return styles;
}

std::vector<LegendEntry> entries_of(const SweepSeries& series, const std::vector<Style>& styles) {
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < styles.size(); ++i) {
        if (!series.curves[i].label.empty()) entries.push_back({series.curves[i].label, styles[i]});
    }
    return entries;
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
    const std::vector<Groups> groups = groups_of_curves(data);
    std::vector<std::string> attributes;
    for (const Groups& of_curve : groups) {
        attributes.push_back(of_curve.size() == 1 ? group_attributes(of_curve.front()) : R"(class="setting")");
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
    Figure figure{"sweep", measure + against, caption, {drawing}, 1, {}};
    if (!series.axis.empty()) figure.entries = entries_of(series, styles);
    figure.legend = draw_legend(figure.entries, kChart.width);
    return figure;
}

}  // namespace bnrun
