#include "report/figures/curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "chart/lines.h"
#include "chart/palette.h"
#include "chart/thinning.h"

namespace bnrun {
namespace {

constexpr const char* kStepTitle = "iteration (through all epochs)";

using RowValue = double (*)(const IterationRecord&, std::size_t);

double norm_of(const IterationRecord& row, std::size_t layer) { return row.gradient_norms[layer]; }

double loss_of(const IterationRecord& row, std::size_t) { return row.loss; }

Scale step_scale(const ReportData& data) {
    Extent extent;
    for (const ReportRun& run : data.runs) {
        if (run.logged.iterations.empty()) continue;
        extent.add(static_cast<double>(global_step(run.logged.iterations.back())));
    }
    return {ScaleKind::kLinear, 0, extent.empty() ? 1 : extent.high(), 0, 1};
}

Curve curve_of(const ReportRun& run, std::size_t layer, RowValue value) {
    Curve curve;
    for (const IterationRecord& row : run.logged.iterations) {
        curve.x.push_back(static_cast<double>(global_step(row)));
        curve.y.push_back(value(row, layer));
    }
    return curve;
}

std::string curve_note(const ReportData& data) {
    std::size_t rows = 0;
    for (const ReportRun& run : data.runs) rows = std::max(rows, run.logged.iterations.size());
    if (rows <= kMostPointsDrawn) return "";
    return fmt::format(" Of up to {} rows, the smallest and the largest of every {} are drawn.", count_text(rows),
                       stride_for(rows, kMostPointsDrawn / 2));
}

/// How a series went, in numbers.
std::string course_text(const Curve& curve) {
    if (curve.y.empty()) return "no row";
    return fmt::format("{} at iteration {}, {} at iteration {}", number_label(curve.y.front()), curve.x.front(),
                       number_label(curve.y.back()), curve.x.back());
}

Frame norm_frame(const ReportData& data, Size size) {
    Margins margins;
    margins.right = 22;
    Frame frame = framed(size, margins, step_scale(data), norm_scale(data));
    frame.x_title = kStepTitle;
    frame.y_title = norm_name(data) + " of dLoss/dW (log scale)";
    return frame;
}

Drawing run_panel(const ReportData& data, std::size_t index) {
    const ReportRun& run = data.runs[index];
    Frame frame = norm_frame(data, kPanel);
    frame.title = panel_title(data, index);
    std::vector<Curve> curves;
    for (std::size_t l = 0; l < run.layers(); ++l) {
        Curve curve = curve_of(run, l, norm_of);
        curve.classes = "line thin " + layer_class(l, run.layers());
        curve.end_label = std::to_string(l + 1);
        curve.part = "layer " + curve.end_label;
        curves.push_back(std::move(curve));
    }
    Drawing drawing = draw_curves(frame, curves);
    drawing.title = "Gradient norms over iterations, " + run.label;
    drawing.description =
        "First layer: " + course_text(curves.front()) + "; last layer: " + course_text(curves.back()) + ".";
    drawing.attributes = run_attributes(data, index) + R"( data-chart="iterations")" + scale_attribute("x", frame.x) +
                         scale_attribute("y", frame.y);
    drawing.along = "iteration";
    return drawing;
}

/// Adds run i's curve in its setting's style; the first run of a setting also tells `found` its course.
void add_run(const ReportData& data, std::size_t i, Curve curve, std::vector<Curve>& curves, std::string& found) {
    const auto& run = data.runs[i];
    curve.classes = style_of(data, run).line() + " thin";
    curve.attributes = run_attributes(data, i);
    if (i == data.groups[run.group].runs.front()) found += run.label + ": " + course_text(curve) + ". ";
    curves.push_back(std::move(curve));
}

Drawing layer_panel(const ReportData& data, std::size_t layer) {
    Frame frame = norm_frame(data, kPanel);
    frame.title = fmt::format("layer {} of {}", layer + 1, most_layers(data));
    std::vector<Curve> curves;
    std::string found;
    for (std::size_t i = 0; i < data.runs.size(); ++i) {
        if (layer < data.runs[i].layers()) add_run(data, i, curve_of(data.runs[i], layer, norm_of), curves, found);
    }
    Drawing drawing = draw_curves(frame, curves);
    drawing.title = fmt::format("Gradient norm of layer {} over iterations", layer + 1);
    drawing.along = "iteration";
    drawing.description = found;
    return drawing;
}

Scale loss_scale(const ReportData& data) {
    std::vector<double> losses;
    for (const ReportRun& run : data.runs) {
        for (const IterationRecord& row : run.logged.iterations) losses.push_back(row.loss);
    }
    Extent extent = central_extent(losses, ScaleKind::kLinear);
    if (extent.is_wide()) {
        return Scale::rounded(ScaleKind::kLog, central_extent(std::move(losses), ScaleKind::kLog), 0, 1);
    }
    extent.add(0);
    return Scale::rounded(ScaleKind::kLinear, extent, 0, 1);
}

/// Whether a value is beyond the upper end of the scale.
bool is_lost(const std::vector<Curve>& curves, const Frame& frame) {
    const auto beyond = [&](double value) { return !(value <= frame.y.high()); };
    return std::any_of(curves.begin(), curves.end(),
                       [&](const Curve& curve) { return std::any_of(curve.y.begin(), curve.y.end(), beyond); });
}

}  // namespace

Figure gradients_over_iterations(const ReportData& data) {
    Figure figure{"gradients_over_iterations", "Gradient norm of each layer over iterations", "", {}, 3, {}};
    if (data.runs.size() <= kMostPanels) {
        for (const std::size_t run : runs_in_panels(data)) figure.drawings.push_back(run_panel(data, run));
        figure.caption =
            "A line for each weight layer, numbered where it ends, dark for the first and light for the last; one "
            "scale for all runs.";
    } else {
        const std::size_t layers = most_layers(data);
        std::set<std::size_t> shown;
        if (layers > 0) shown = {0, (layers - 1) / 2, layers - 1};
        for (const std::size_t layer : shown) figure.drawings.push_back(layer_panel(data, layer));
        figure.caption = "The first, the middle and the last weight layer, a line for each run; one scale for all.";
        figure.legend = legend_of(data, 3 * kPanel.width);
    }
    figure.caption += edges_note(data) + curve_note(data);
    return figure;
}

Figure loss_curves(const ReportData& data) {
    Frame frame = framed(kWide, kUntitled, step_scale(data), loss_scale(data));
    frame.x_title = kStepTitle;
    frame.y_title =
        frame.y.kind() == ScaleKind::kLog ? "training loss of the batch (log scale)" : "training loss of the batch";
    std::vector<Curve> curves;
    std::string found;
    for (std::size_t i = 0; i < data.runs.size(); ++i) {
        add_run(data, i, curve_of(data.runs[i], 0, loss_of), curves, found);
    }
    Drawing drawing = draw_curves(frame, curves);
    drawing.title = "Training loss";
    drawing.along = "iteration";
    drawing.description = found;
    drawing.attributes = R"(data-chart="loss")" + scale_attribute("x", frame.x) + scale_attribute("y", frame.y);
    std::string caption = "The loss of each batch as it was trained, a line for each run.";
    if (is_lost(curves, frame))
        caption += " A red cross at the upper edge is a loss not finite or too large for the scale.";
    return {"loss", "Training loss", caption + curve_note(data), {drawing}, 1, legend_of(data, kWide.width)};
}

}  // namespace bnrun
