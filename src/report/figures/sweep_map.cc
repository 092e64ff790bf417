#include "report/figures/sweep_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "base/statistics.h"
#include "chart/grid.h"
#include "chart/heatmap.h"
#include "report/groups.h"
#include "report/sweep_series.h"

namespace bnrun {
namespace {

std::size_t index_in(const std::vector<double>& values, double value) {
    return static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), value) - values.begin());
}

std::vector<std::string> labels_of_values(const std::vector<double>& values) {
    std::vector<std::string> labels;
    for (const double value : values) labels.push_back(number_label(value, 4));
    return labels;
}

GridCell cell_of(const SweepMaps& maps, double y, const SweepCell& found) {
    const Spread spread = spread_of(found.values);
    const std::string trouble = found.troubles.empty()
                                    ? ""
                                    : fmt::format("{}{} of {} {}", spread.count > 0 ? ", " : "", found.troubles.size(),
                                                  found.runs.size(), found.troubles.front());
    GridCell cell;
    cell.title = fmt::format("{} {}, {} {}: {}{}", maps.y, number_label(y, 4), maps.x, number_label(found.x, 4),
                             spread.count > 0 ? spread_text(spread) : "", trouble);
    if (spread.count == 0) return cell;
    cell.value = spread.mean;
    cell.text = number_label(spread.mean, 2);
    return cell;
}

/// The smallest y at the bottom, as on an axis.
Grid grid_of(const SweepMaps& maps, const SweepMap& map, double best) {
    std::set<double> columns;
    std::set<double> rows;
    for (const auto& [at, cell] : map.cells) {
        rows.insert(at.first);
        columns.insert(at.second);
    }
    const std::vector<double> x(columns.begin(), columns.end());
    const std::vector<double> y(rows.begin(), rows.end());
    Grid grid{labels_of_values(x), labels_of_values(y), {}};
    std::reverse(grid.rows.begin(), grid.rows.end());
    grid.cells.assign(y.size(), std::vector<std::optional<GridCell>>(x.size()));
    for (const auto& [at, cell] : map.cells) {
        GridCell drawn = cell_of(maps, at.first, cell);
        drawn.best = drawn.value == best;
        grid.cells[y.size() - 1 - index_in(y, at.first)][index_in(x, at.second)] = std::move(drawn);
    }
    return grid;
}

Extent means_of(const SweepMaps& maps) {
    Extent extent;
    for (const SweepMap& map : maps.maps) {
        for (const auto& [at, cell] : map.cells) {
            const Spread spread = spread_of(cell.values);
            if (spread.count > 0) extent.add(spread.mean);
        }
    }
    return extent;
}

std::string map_description(const SweepMaps& maps, const SweepMap& map) {
    Extent extent;
    for (const auto& [at, cell] : map.cells) {
        for (const double value : cell.values) extent.add(value);
    }
    return fmt::format("{}: {} from {} to {} over {} points.", map.label.empty() ? "all" : map.label, maps.measure,
                       number_label(extent.low()), number_label(extent.high()), map.cells.size());
}

}  // namespace

std::optional<Figure> sweep_map(const ReportData& data) {
    if (!data.sweep) return std::nullopt;
    const std::optional<SweepMaps> maps = sweep_maps(*data.sweep, data.y);
    if (!maps || maps->maps.size() > kMostPanels || means_of(*maps).empty()) return std::nullopt;
    const Extent extent = means_of(*maps);
    const Scale colours = Scale::rounded(extent.is_wide() ? ScaleKind::kLog : ScaleKind::kLinear, extent, 0, 1);
    const std::vector<std::string> keys = key_labels({maps->x, maps->y});
    Figure figure{"sweep_map", maps->measure + " over " + keys[0] + " and " + keys[1], "", {}, 3, {}, true};
    for (const SweepMap& map : maps->maps) {
        Drawing drawing =
            draw_grid(grid_of(*maps, map, extent.low()), shortened(map.label, 46), maps->x, maps->y, colours);
        drawing.title = figure.heading + (map.label.empty() ? "" : ", " + map.label);
        drawing.description = map_description(*maps, map);
        figure.drawings.push_back(std::move(drawing));
    }
    figure.heading.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(figure.heading.front())));
    figure.legend = draw_colour_key(colours, maps->measure + (extent.is_wide() ? " (log scale)" : ""));
    figure.legend.title = "Colours of the map";
    figure.legend.description =
        fmt::format("From {} (dark) to {} (light).", number_label(colours.low()), number_label(colours.high()));
    figure.caption =
        "The mean over seeds; the lowest is outlined, and a cross is a point without a result, such as one that "
        "diverged.";
    return figure;
}

}  // namespace bnrun
