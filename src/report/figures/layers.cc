#include "report/figures/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "chart/layers.h"
#include "report/averages.h"
#include "report/output_ranges.h"
#include "report/show_verdict.h"

namespace bnrun {
namespace {

constexpr int kFrameDigits = 3;

Scale activation_scale(const ReportData& data) {
    std::vector<double> values;
    for (const std::size_t group : groups_in_panels(data, &IterationRecord::activation_min)) {
        for (const std::size_t run : data.groups[group].runs) {
            for (const IterationRecord& row : data.runs[run].logged.iterations) {
                values.insert(values.end(), row.activation_min.begin(), row.activation_min.end());
                values.insert(values.end(), row.activation_max.begin(), row.activation_max.end());
            }
        }
    }
    Extent extent = central_extent(std::move(values), ScaleKind::kLinear);
    extent.add(0);
    extent.add(1);
    return Scale::rounded(ScaleKind::kLinear, extent, 0, 1);
}

std::string norms_description(const ReportData& data, std::int64_t step) {
    std::string text = "At " + step_text(data, step) + ":";
    for (const std::size_t group : shown_groups(data)) {
        const MeanNorms norms = mean_norms(data, data.groups[group], step);
        if (!norms.mean.empty()) text += " " + data.groups[group].label + ": " + ends_text(norms.mean) + ".";
    }
    return text;
}

std::string range_text(const MeanRanges& ranges) {
    if (ranges.low.empty()) return "no row";
    return fmt::format("first layer {} to {}, last hidden layer {} to {}", number_label(ranges.low.front()),
                       number_label(ranges.high.front()), number_label(ranges.low.back()),
                       number_label(ranges.high.back()));
}

Frame norms_frame(const ReportData& data) {
    Frame frame = framed(kChart, kUntitled, layer_scale(most_layers(data)), norm_scale(data, shown_groups(data)));
    frame.x_title = "weight layer (1 = next to the input)";
    frame.y_title = norm_name(data) + " of dLoss/dW (log scale)";
    return frame;
}

std::size_t hidden_layers(const ReportData& data) {
    std::size_t most = 1;
    for (const ReportRun& run : data.runs) {
        if (!run.logged.iterations.empty()) most = std::max(most, run.logged.iterations.front().activation_min.size());
    }
    return most;
}

Frame ranges_frame(const ReportData& data) {
    return framed(kChart, {}, layer_scale(hidden_layers(data)), activation_scale(data));
}

Drawing ranges_panel(const ReportData& data, std::size_t group, std::int64_t step, Frame frame) {
    frame.title = panel_title(data, group);
    frame.x_title = "hidden layer (1 = next to the input)";
    const OutputRanges of_group(data, data.groups[group]);
    frame.y_title = of_group.are_quantiles() ? "outputs: 15 to 85 %, thin line 1 to 99 %"
                                             : "smallest to largest output over the batch";
    const MeanRanges ranges = of_group.at(step);
    const LayerRanges drawn{
        ranges.low, ranges.high, ranges.lowest, ranges.highest, style_of(data.groups[group]), group_attributes(group)};
    const ReportRun& first = data.runs[data.groups[group].runs.front()];
    Drawing drawing =
        draw_layer_ranges(frame, drawn, hidden_layers(data), first.setting("model.activation") == "sigmoid");
    drawing.title = "Range of each hidden layer's outputs, " + data.groups[group].label;
    drawing.description = "At " + step_text(data, step) + ": " + range_text(ranges) + ".";
    drawing.attributes += " " + drawn.attributes;
    return drawing;
}

std::string quantiles_note(const ReportData& data, const std::vector<std::size_t>& groups) {
    const bool any = std::any_of(groups.begin(), groups.end(), [&](std::size_t group) {
        return OutputRanges(data, data.groups[group]).are_quantiles();
    });
    return any ? " Where quantiles were logged, a bar is the middle 70 % of the outputs and the thin line 98 %." : "";
}

std::string numbers_text(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : " ") + number_label(value, kFrameDigits);
    return text;
}

/// The line, and behind bars what there is of crosses, wedges and whiskers.
std::string paths_text(const SeriesPaths& paths, const std::string& whiskers) {
    std::string text = paths.line + "|" + paths.lost + "|" + paths.zeros + "|" + whiskers;
    while (!text.empty() && text.back() == '|') text.pop_back();
    return text;
}

void add_text(std::string& list, const std::string& text) { list += (list.empty() ? "\"" : ",\"") + text + "\""; }

std::string norm_frames(const ReportData& data, std::size_t group, const Steps& steps, const Frame& frame) {
    std::string numbers;
    std::string lines;
    std::string factors;
    for (const std::int64_t step : steps.steps) {
        const MeanNorms norms = mean_norms(data, data.groups[group], step);
        const Verdict verdict = verdict_of(norms.mean);
        add_text(numbers, numbers_text(norms.mean));
        add_text(lines, paths_text(layer_line_paths(frame, norms.mean), layer_whiskers(frame, norms.low, norms.high)));
        add_text(factors, norms.mean.empty() ? "" : factor_cell(verdict) + " " + flow_name(verdict.flow));
    }
    return fmt::format(R"("gradients":[{}],"lines":[{}],"factors":[{}])", numbers, lines, factors);
}

std::string range_frames(const ReportData& data, std::size_t group, const Steps& steps, const Frame& frame) {
    std::string low;
    std::string high;
    std::string bars;
    const OutputRanges of_group(data, data.groups[group]);
    for (const std::int64_t step : steps.steps) {
        const MeanRanges ranges = of_group.at(step);
        add_text(low, numbers_text(ranges.low));
        add_text(high, numbers_text(ranges.high));
        add_text(bars, paths_text(layer_range_paths(frame, ranges.low, ranges.high),
                                  layer_whiskers(frame, ranges.lowest, ranges.highest)));
    }
    return fmt::format(R"(,"low":[{}],"high":[{}],"bars":[{}])", low, high, bars);
}

}  // namespace

std::string ends_text(const std::vector<double>& norms) {
    if (norms.empty()) return "no layer";
    return fmt::format("first layer {}, last layer {}, ratio {}", number_label(norms.front(), 2),
                       number_label(norms.back(), 2), number_label(norms.front() / norms.back(), 2));
}

Figure gradient_norms(const ReportData& data, std::int64_t step) {
    const Frame frame = norms_frame(data);
    std::vector<LayerSeries> series;
    for (const std::size_t group : shown_groups(data)) {
        const MeanNorms norms = mean_norms(data, data.groups[group], step);
        series.push_back({norms.mean, norms.low, norms.high, style_of(data.groups[group]), group_attributes(group)});
    }
    Drawing drawing = draw_layer_lines(frame, series, most_layers(data));
    drawing.title = "Gradient norm of each layer";
    drawing.description = norms_description(data, step);
    const std::string caption =
        "The " + norm_name(data) +
        " of the loss's gradient by each layer's weights; the scale is that of all iterations." +
        spread_note(data, "whiskers are one standard deviation of its logarithm to either side") +
        edges_note(data, shown_groups(data)) + norms_note(data) + shown_note(data, series.size());
    Figure figure{"gradient_norms",
                  "Gradient norm of each layer, " + step_text(data, step),
                  caption,
                  {},
                  1,
                  legend_of(data, kChart.width)};
    if (most_layers(data) > 0) figure.drawings.push_back(drawing);
    return figure;
}

Figure activation_ranges(const ReportData& data, std::int64_t step) {
    Figure figure{"activation_ranges", "Range of each hidden layer's outputs, " + step_text(data, step), "", {}, 3, {}};
    const std::vector<std::size_t> groups = groups_in_panels(data, &IterationRecord::activation_min);
    figure.caption =
        "Bars reach from the smallest to the largest output of each hidden layer's activation function over the batch; "
        "the grey band, drawn for sigmoids, is 0.1 to 0.9, outside of which they saturate." +
        spread_note(data, "the thin line reaches to the outermost of all seeds") + quantiles_note(data, groups) +
        shown_note(data, groups.size());
    const Frame frame = ranges_frame(data);
    for (const std::size_t group : groups) figure.drawings.push_back(ranges_panel(data, group, step, frame));
    return figure;
}

std::string frames_json(const ReportData& data, const Steps& steps) {
    std::string labels;
    for (const std::int64_t step : steps.steps) add_text(labels, step_text(data, step));
    std::string numbers;
    for (const std::int64_t step : steps.steps) numbers += fmt::format("{}{}", numbers.empty() ? "" : ",", step);
    const Frame norms = norms_frame(data);
    const Frame ranges = ranges_frame(data);
    const std::vector<std::size_t> panels = groups_in_panels(data, &IterationRecord::activation_min);
    std::string groups;
    for (const std::size_t group : shown_groups(data)) {
        const bool has_panel = std::find(panels.begin(), panels.end(), group) != panels.end();
        groups +=
            fmt::format("{}\"{}\":{{{}{}}}", groups.empty() ? "" : ",\n", group, norm_frames(data, group, steps, norms),
                        has_panel ? range_frames(data, group, steps, ranges) : "");
    }
    return fmt::format("\"labels\":[{}],\n\"steps\":[{}],\n\"groups\":{{{}}}", labels, numbers, groups);
}

}  // namespace bnrun
