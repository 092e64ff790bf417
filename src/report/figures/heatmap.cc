#include "report/figures/heatmap.h"

#include <fmt/format.h>

#include <algorithm>

#include "chart/heatmap.h"
#include "chart/thinning.h"
#include "report/averages.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostColumns = 300;

/// A setting's means, and the columns that point to them.
struct MapColumns {
    std::vector<std::vector<double>> means;
    std::vector<HeatColumn> drawn;
    std::size_t stride = 1;
    std::size_t rows = 0;
};

MapColumns map_columns_of(const ReportData& data, const ReportGroup& group) {
    const std::vector<std::int64_t> steps = steps_of_group(data, group);
    MapColumns columns;
    columns.rows = steps.size();
    columns.stride = stride_for(steps.size(), kMostColumns);
    std::vector<double> begins;
    for (std::size_t i = 0; i < steps.size(); i += columns.stride) {
        columns.means.push_back(mean_norms(data, group, steps[i]).mean);
        begins.push_back(static_cast<double>(steps[i]));
    }
    if (!steps.empty()) begins.push_back(static_cast<double>(steps.back()) + 1);
    for (std::size_t i = 0; i < columns.means.size(); ++i) {
        columns.drawn.push_back({begins[i], begins[i + 1], &columns.means[i]});
    }
    return columns;
}

double last_step(const ReportData& data) {
    std::int64_t last = 1;
    for (const ReportRun& run : data.runs) {
        if (!run.logged.iterations.empty()) last = std::max(last, global_step(run.logged.iterations.back()));
    }
    return static_cast<double>(last);
}

/// The smallest and the largest of the norms drawn.
std::string found_text(const MapColumns& columns) {
    Extent extent;
    for (const std::vector<double>& norms : columns.means) {
        for (const double norm : norms) extent.add(norm);
    }
    if (extent.empty()) return "no finite norm.";
    return fmt::format("norms from {} to {} over {} layers and {} logged iterations.", number_label(extent.low(), 2),
                       number_label(extent.high(), 2), columns.means.front().size(), count_text(columns.rows));
}

Drawing heat_panel(const ReportData& data, std::size_t group, const MapColumns& columns, const Scale& colours) {
    Frame frame = framed(kChart, {}, Scale(ScaleKind::kLinear, 1, last_step(data) + 1, 0, 1), colours);
    frame.title = panel_title(data, group);
    frame.x_title = "iteration (through all epochs)";
    frame.y_title = "weight layer";
    const std::string& label = data.groups[group].label;
    Drawing drawing = draw_heatmap(frame, columns.drawn, columns.means.front().size(), colours);
    drawing.title = "Gradient norm by layer and iteration, " + label;
    drawing.description = label + ": " + found_text(columns);
    drawing.attributes += " " + group_attributes(group);
    return drawing;
}

}  // namespace

Figure gradient_heatmap(const ReportData& data) {
    Figure figure{"gradient_heatmap", "Gradient norm, layer by iteration", "", {}, 3, {}, true};
    const std::vector<std::size_t> groups = groups_in_panels(data);
    const Scale colours = norm_scale(data, groups);
    std::size_t stride = 1;
    std::size_t rows = 0;
    for (const std::size_t group : groups) {
        const MapColumns columns = map_columns_of(data, data.groups[group]);
        figure.drawings.push_back(heat_panel(data, group, columns, colours));
        if (columns.stride > stride) rows = columns.rows;
        stride = std::max(stride, columns.stride);
    }
    if (!figure.drawings.empty()) {
        figure.legend = draw_colour_key(colours, norm_name(data) + " of dLoss/dW (log scale)");
        figure.legend.title = "Colours of the gradient norms";
        figure.legend.description =
            fmt::format("From {} (dark) to {} (light).", number_label(colours.low()), number_label(colours.high()));
    }
    figure.caption =
        "Each cell is one layer's norm at one iteration; light is large, black zero and red not finite; one scale of "
        "colours holds for all." +
        spread_note(data, "means only are shown here") + norms_note(data) + shown_note(data, groups.size());
    if (stride > 1) figure.caption += " Of the longest run, " + every_text(stride, rows) + " is drawn.";
    return figure;
}

}  // namespace bnrun
