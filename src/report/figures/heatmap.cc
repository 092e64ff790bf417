#include "report/figures/heatmap.h"

#include <fmt/format.h>

#include <algorithm>

#include "chart/heatmap.h"
#include "chart/thinning.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostColumns = 300;
constexpr std::size_t kMostColumnsOfMany = 150;

struct Columns {
    std::vector<HeatColumn> drawn;
    std::size_t stride = 1;
};

Columns columns_of(const ReportRun& run, std::size_t most) {
    const auto& rows = run.logged.iterations;
    Columns columns{{}, stride_for(rows.size(), most)};
    for (std::size_t i = 0; i < rows.size(); i += columns.stride) {
        const double begin = static_cast<double>(global_step(rows[i]));
        if (!columns.drawn.empty()) columns.drawn.back().end = begin;
        columns.drawn.push_back({begin, static_cast<double>(global_step(rows.back())) + 1, &rows[i].gradient_norms});
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

/// The smallest and the largest norm of a run and where they were.
std::string found_text(const ReportRun& run) {
    Extent extent;
    for (const IterationRecord& row : run.logged.iterations) {
        for (const double norm : row.gradient_norms) extent.add(norm);
    }
    if (extent.empty()) return "no finite norm.";
    return fmt::format("norms from {} to {} over {} layers and {} logged iterations.", number_label(extent.low(), 2),
                       number_label(extent.high(), 2), run.layers(), count_text(run.logged.iterations.size()));
}

}  // namespace

Figure gradient_heatmap(const ReportData& data) {
    Figure figure{"gradient_heatmap", "Gradient norm, layer by iteration", "", {}, 3, {}};
    const std::vector<std::size_t> runs = runs_in_panels(data);
    const Scale colours = norm_scale(data);
    const std::size_t most = runs.size() <= kMostPanels ? kMostColumns : kMostColumnsOfMany;
    std::size_t stride = 1;
    std::size_t rows = 0;
    for (const std::size_t index : runs) {
        const ReportRun& run = data.runs[index];
        const Columns columns = columns_of(run, most);
        Frame frame = framed(kPanel, {}, Scale(ScaleKind::kLinear, 1, last_step(data) + 1, 0, 1), colours);
        frame.title = panel_title(data, index);
        frame.x_title = "iteration (through all epochs)";
        frame.y_title = "weight layer";
        Drawing drawing = draw_heatmap(frame, columns.drawn, run.layers(), colours);
        drawing.title = "Gradient norm by layer and iteration, " + run.label;
        drawing.description = run.label + ": " + found_text(run);
        drawing.attributes += " " + run_attributes(data, index);
        figure.drawings.push_back(std::move(drawing));
        if (columns.stride > stride) rows = run.logged.iterations.size();
        stride = std::max(stride, columns.stride);
    }
    if (!figure.drawings.empty()) {
        Drawing key = draw_colour_key(colours, norm_name(data) + " of dLoss/dW (log scale)");
        key.title = "Colours of the gradient norms";
        key.description =
            fmt::format("From {} (dark) to {} (light).", number_label(colours.low()), number_label(colours.high()));
        figure.drawings.push_back(std::move(key));
    }
    figure.caption =
        "Each cell is one layer's norm at one iteration; light is large, black zero and red not finite; one scale of "
        "colours holds for all runs." +
        panels_note(data);
    if (stride > 1) figure.caption += " Of the longest run, " + every_text(stride, rows) + " is drawn.";
    return figure;
}

}  // namespace bnrun
