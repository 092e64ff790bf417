#include "report/figures/curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "chart/lines.h"
#include "chart/palette.h"
#include "chart/thinning.h"
#include "report/averages.h"

namespace bnrun {
namespace {

constexpr const char* kStepTitle = "iteration (through all epochs)";

Scale step_scale(const ReportData& data) {
    Extent extent;
    for (const ReportRun& run : data.runs) {
        if (run.logged.iterations.empty()) continue;
        extent.add(static_cast<double>(global_step(run.logged.iterations.back())));
    }
    return {ScaleKind::kLinear, 0, extent.empty() ? 1 : extent.high(), 0, 1};
}

/// What was left out when the runs were read, and what is left out of each line.
std::string curve_note(const ReportData& data, std::size_t curves) {
    std::size_t rows = 0;
    std::size_t read = 0;
    for (const ReportRun& run : data.runs) {
        rows = std::max({rows, run.rows, run.logged.iterations.size()});
        read = std::max(read, run.logged.iterations.size());
    }
    std::string note;
    if (read < rows) note = fmt::format(" Of up to {} rows of a run, {} are read.", count_text(rows), count_text(read));
    if (read <= points_for(curves)) return note;
    return note + fmt::format(" Of up to {} rows, the smallest and the largest of every {} are drawn.",
                              count_text(read), stride_for(read, points_for(curves) / 2));
}

/// How a series went, in numbers.
std::string course_text(const Curve& curve) {
    if (curve.y.empty()) return "no row";
    return fmt::format("{} at iteration {}, {} at iteration {}", number_label(curve.y.front()), curve.x.front(),
                       number_label(curve.y.back()), curve.x.back());
}

/// With a cross for each of its runs that diverged or failed.
Curve curve_of(const ReportData& data, std::size_t group, MeanCurve mean) {
    Curve curve;
    curve.x = std::move(mean.x);
    curve.y = std::move(mean.mean);
    curve.low = std::move(mean.low);
    curve.high = std::move(mean.high);
    curve.band = "spread " + style_of(data.groups[group]).fill();
    curve.attributes = group_attributes(group);
    for (const std::size_t i : data.groups[group].runs) {
        const ReportRun& run = data.runs[i];
        if (!is_lost(run) || run.logged.iterations.empty()) continue;
        const std::int64_t last = global_step(run.logged.iterations.back());
        curve.lost.push_back(
            {static_cast<double>(last), run.label + " " + run.status + " after " + step_text(data, last)});
    }
    return curve;
}

bool any_lost(const ReportData& data) { return std::any_of(data.runs.begin(), data.runs.end(), is_lost); }

Frame norm_frame(const ReportData& data) {
    Margins margins;
    margins.right = 26;
    Frame frame = framed(kChart, margins, step_scale(data), norm_scale(data, groups_in_panels(data)));
    frame.x_title = kStepTitle;
    frame.y_title = norm_name(data) + " of dLoss/dW (log scale)";
    return frame;
}

Drawing group_panel(const ReportData& data, std::size_t group) {
    Frame frame = norm_frame(data);
    frame.title = panel_title(data, group);
    std::vector<Curve> curves;
    for (MeanCurve& mean : mean_norm_curves(data, data.groups[group])) {
        Curve curve = curve_of(data, group, std::move(mean));
        curve.end_label = std::to_string(curves.size() + 1);
        curve.part = "layer " + curve.end_label;
        if (!curves.empty()) curve.lost.clear();
        curves.push_back(std::move(curve));
    }
    for (std::size_t l = 0; l < curves.size(); ++l) {
        curves[l].classes = fmt::format("line thin c{} {}", data.groups[group].colour, layer_class(l, curves.size()));
        curves[l].attributes += fmt::format(R"( data-layer="{}")", l + 1);
    }
    Drawing drawing = draw_curves(frame, curves);
    drawing.title = "Gradient norms over iterations, " + data.groups[group].label;
    drawing.description =
        "First layer: " + course_text(curves.front()) + "; last layer: " + course_text(curves.back()) + ".";
    drawing.attributes = group_attributes(group) + R"( data-chart="iterations")" + drawing.attributes;
    drawing.along = "iteration";
    return drawing;
}

Scale loss_scale(const ReportData& data) {
    std::vector<double> losses;
    for (const std::size_t group : shown_groups(data)) {
        for (const std::size_t run : data.groups[group].runs) {
            for (const IterationRecord& row : data.runs[run].logged.iterations) losses.push_back(row.loss);
        }
    }
    Extent extent = central_extent(losses, ScaleKind::kLinear);
    if (extent.is_wide()) {
        return Scale::rounded(ScaleKind::kLog, central_extent(std::move(losses), ScaleKind::kLog), 0, 1);
    }
    extent.add(0);
    return Scale::rounded(ScaleKind::kLinear, extent, 0, 1);
}

/// Whether a value is beyond the upper end of the scale.
bool is_beyond(const std::vector<Curve>& curves, const Frame& frame) {
    const auto beyond = [&](double value) { return !(value <= frame.y.high()); };
    return std::any_of(curves.begin(), curves.end(),
                       [&](const Curve& curve) { return std::any_of(curve.y.begin(), curve.y.end(), beyond); });
}

/// Also tells `found` the course of each.
std::vector<Curve> loss_curves_of(const ReportData& data, std::string& found) {
    std::vector<Curve> curves;
    for (const std::size_t group : shown_groups(data)) {
        Curve curve = curve_of(data, group, mean_losses(data, data.groups[group]));
        curve.classes = style_of(data.groups[group]).line() + " thin";
        found += data.groups[group].label + ": " + course_text(curve) + ". ";
        curves.push_back(std::move(curve));
    }
    return curves;
}

}  // namespace

Figure gradients_over_iterations(const ReportData& data) {
    Figure figure{"gradients_over_iterations", "Gradient norms over iterations", "", {}, 3, {}};
    const std::vector<std::size_t> groups = groups_in_panels(data);
    for (const std::size_t group : groups) figure.drawings.push_back(group_panel(data, group));
    figure.caption =
        "A line for each weight layer in its setting's colour, numbered where it ends, strong for the first and faint "
        "for the last; one scale for all." +
        spread_note(data, "the band is one standard deviation of its logarithm to either side") +
        edges_note(data, groups) + norms_note(data) + shown_note(data, groups.size()) +
        curve_note(data, most_layers(data));
    return figure;
}

Figure loss_curves(const ReportData& data) {
    Frame frame = framed(kChart, kUntitled, step_scale(data), loss_scale(data));
    frame.x_title = kStepTitle;
    frame.y_title =
        frame.y.kind() == ScaleKind::kLog ? "training loss of the batch (log scale)" : "training loss of the batch";
    std::string found;
    const std::vector<Curve> curves = loss_curves_of(data, found);
    Drawing drawing = draw_curves(frame, curves);
    drawing.title = "Training loss";
    drawing.along = "iteration";
    drawing.description = found;
    drawing.attributes = R"(data-chart="loss")" + drawing.attributes;
    std::string caption = "The loss of each batch as it was trained." +
                          spread_note(data, "the band is one standard deviation to either side");
    if (is_beyond(curves, frame))
        caption += " A red cross at the upper edge is a loss not finite or too large for the scale.";
    if (any_lost(data)) caption += " A red cross is also where a run diverged or failed.";
    caption += shown_note(data, curves.size()) + curve_note(data, curves.size());
    return {"loss", "Training loss", caption, {drawing}, 1, legend_of(data, kChart.width)};
}

}  // namespace bnrun
