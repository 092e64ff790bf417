#include "report/figures/quantities.h"

#include <fmt/format.h>

#include <algorithm>

#include "chart/lines.h"
#include "chart/palette.h"
#include "report/averages.h"
#include "report/ranking.h"

namespace bnrun {
namespace {

/// How a quantity is drawn.
struct QuantityFigure {
    const char* quantity;
    const char* name;
    const char* heading;
    const char* y_title;
    const char* caption;
    MeanKind mean;
};

struct GroupCurves {
    std::size_t group = 0;
    std::vector<LayerCurve> layers;
};

/// Of the settings that logged it, the best ones first where they are more than have panels.
std::vector<GroupCurves> curves_in_panels(const ReportData& data, const char* quantity, MeanKind mean) {
    std::vector<GroupCurves> found;
    const bool many = data.groups.size() > kMostPanels;
    for (const std::size_t group : many ? ranked(data) : shown_groups(data)) {
        std::vector<LayerCurve> layers = mean_quantity(data, data.groups[group], quantity, mean);
        if (!layers.empty() && found.size() < kMostPanels) found.push_back({group, std::move(layers)});
    }
    return found;
}

Scale steps_scale(const std::vector<GroupCurves>& found) {
    Extent extent;
    for (const GroupCurves& curves : found) {
        for (const LayerCurve& layer : curves.layers) extent.add(layer.curve.x.back());
    }
    return {ScaleKind::kLinear, 0, extent.empty() ? 1 : extent.high(), 0, 1};
}

Scale values_scale(const std::vector<GroupCurves>& found, MeanKind mean) {
    if (mean == MeanKind::kArithmetic) return {ScaleKind::kLinear, 0, 1, 0, 1};
    std::vector<double> values;
    for (const GroupCurves& curves : found) {
        for (const LayerCurve& layer : curves.layers) {
            values.insert(values.end(), layer.curve.mean.begin(), layer.curve.mean.end());
        }
    }
    return Scale::rounded(ScaleKind::kLog, central_extent(std::move(values), ScaleKind::kLog), 0, 1);
}

Curve as_curve(const ReportGroup& group, std::size_t g, const LayerCurve& layer) {
    Curve curve;
    curve.x = layer.curve.x;
    curve.y = layer.curve.mean;
    curve.low = layer.curve.low;
    curve.high = layer.curve.high;
    curve.band = "spread " + style_of(group).fill();
    curve.part = fmt::format("layer {}", layer.layer);
    curve.attributes = fmt::format(R"({} data-layer="{}")", group_attributes(g), layer.layer);
    return curve;
}

std::string course_of(const LayerCurve& layer) {
    return fmt::format("layer {} from {} to {}", layer.layer, number_label(layer.curve.mean.front()),
                       number_label(layer.curve.mean.back()));
}

/// @param frame with scales and y title
Drawing quantity_panel(const ReportData& data, const GroupCurves& found, Frame frame, const std::string& title) {
    const ReportGroup& group = data.groups[found.group];
    frame.title = panel_title(data, found.group);
    frame.x_title = "iteration (through all epochs)";
    std::vector<Curve> curves;
    for (std::size_t l = 0; l < found.layers.size(); ++l) {
        Curve curve = as_curve(group, found.group, found.layers[l]);
        curve.classes = fmt::format("line thin c{} {}", group.colour, layer_class(l, found.layers.size()));
        curve.end_label = std::to_string(found.layers[l].layer);
        curves.push_back(std::move(curve));
    }
    Drawing drawing = draw_curves(frame, curves);
    drawing.title = title + ", " + group.label;
    drawing.description = course_of(found.layers.front()) + "; " + course_of(found.layers.back()) + ".";
    drawing.attributes = group_attributes(found.group) + R"( data-chart="iterations")" + drawing.attributes;
    drawing.along = "iteration";
    return drawing;
}

std::optional<Figure> quantity_figure(const ReportData& data, const QuantityFigure& kind) {
    const std::vector<GroupCurves> found = curves_in_panels(data, kind.quantity, kind.mean);
    if (found.empty()) return std::nullopt;
    Margins margins;
    margins.right = 26;
    Frame frame = framed(kChart, margins, steps_scale(found), values_scale(found, kind.mean));
    frame.y_title = kind.y_title;
    Figure figure{kind.name, kind.heading, kind.caption, {}, 3, {}};
    for (const GroupCurves& curves : found) {
        figure.drawings.push_back(quantity_panel(data, curves, frame, kind.heading));
    }
    figure.caption += " A line for each layer, numbered where it ends." +
                      spread_note(data, "the band is one standard deviation to either side") +
                      shown_note(data, found.size());
    return figure;
}

/// The median of one layer with a ribbon from the 15 % to the 85 % quantile, means over seeds each.
LayerCurve ribbon_of(const LayerCurve& low, LayerCurve median, const LayerCurve& high) {
    median.curve.low = low.curve.mean;
    median.curve.high = high.curve.mean;
    return median;
}

Drawing ribbon_panel(const ReportData& data, std::size_t g, const LayerCurve& ribbon, Frame frame) {
    const ReportGroup& group = data.groups[g];
    const std::string layer = fmt::format(", layer {}", ribbon.layer);
    frame.title = shortened(group.label, letters_on(kChart.width) - layer.size()) + layer;
    frame.x_title = "iteration (through all epochs)";
    frame.y_title = "inputs of the activation: 15, 50, 85 %";
    Curve curve = as_curve(group, g, ribbon);
    curve.classes = fmt::format("line c{}", group.colour);
    Drawing drawing = draw_curves(frame, {curve});
    drawing.title = "Quantiles of inputs, " + group.label + layer;
    drawing.description = "Median of " + course_of(ribbon) + ".";
    drawing.attributes = group_attributes(g) + R"( data-chart="iterations")" + drawing.attributes;
    drawing.along = "iteration";
    return drawing;
}

/// Of the first and of the last layer that all three quantiles have.
std::vector<LayerCurve> ribbons_of(const ReportData& data, const ReportGroup& group) {
    const auto of = [&](const char* quantity) { return mean_quantity(data, group, quantity, MeanKind::kArithmetic); };
    const std::vector<LayerCurve> low = of("input_q15");
    const std::vector<LayerCurve> median = of("input_q50");
    const std::vector<LayerCurve> high = of("input_q85");
    if (median.empty() || low.size() != median.size() || high.size() != median.size()) return {};
    std::vector<LayerCurve> ribbons{ribbon_of(low.front(), median.front(), high.front())};
    if (median.size() > 1) ribbons.push_back(ribbon_of(low.back(), median.back(), high.back()));
    return ribbons;
}

}  // namespace

std::optional<Figure> input_quantiles(const ReportData& data) {
    std::vector<GroupCurves> found;
    for (const std::size_t group : data.groups.size() > kMostPanels / 2 ? ranked(data) : shown_groups(data)) {
        std::vector<LayerCurve> ribbons = ribbons_of(data, data.groups[group]);
        if (!ribbons.empty() && found.size() < kMostPanels / 2) found.push_back({group, std::move(ribbons)});
    }
    if (found.empty()) return std::nullopt;
    std::vector<double> edges;
    for (const GroupCurves& curves : found) {
        for (const LayerCurve& layer : curves.layers) {
            edges.insert(edges.end(), layer.curve.low.begin(), layer.curve.low.end());
            edges.insert(edges.end(), layer.curve.high.begin(), layer.curve.high.end());
        }
    }
    const Extent extent = central_extent(std::move(edges), ScaleKind::kLinear);
    const Frame frame = framed(kChart, {}, steps_scale(found), Scale::rounded(ScaleKind::kLinear, extent, 0, 1));
    Figure figure{"input_quantiles", "Inputs of the activation function", "", {}, 2, {}};
    for (const GroupCurves& curves : found) {
        for (const LayerCurve& layer : curves.layers) {
            figure.drawings.push_back(ribbon_panel(data, curves.group, layer, frame));
        }
    }
    figure.caption =
        "The median over batch and units of the first and of the last layer, with a ribbon from the 15 % "
        "to the 85 % quantile; one scale for all." +
        shown_note(data, found.size());
    return figure;
}

std::optional<Figure> update_ratio(const ReportData& data) {
    return quantity_figure(
        data, {"update_ratio", "update_ratio", "Size of each update", "‖Δw‖ / ‖w‖ (log scale)",
               "The norm of a step over that of the weights; 1e-3 is the rule of thumb.", MeanKind::kGeometric});
}

std::optional<Figure> saturation(const ReportData& data) {
    return quantity_figure(data, {"saturated", "saturation", "Saturated values", "share of values that are saturated",
                                  "The share of values, over batch and units, where the activation function's slope is "
                                  "below a tenth of its largest.",
                                  MeanKind::kArithmetic});
}

}  // namespace bnrun
