#include "report/figures/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "chart/layers.h"

namespace bnrun {
namespace {

constexpr int kFrameDigits = 3;

Scale activation_scale(const ReportData& data) {
    std::vector<double> values;
    for (const ReportRun& run : data.runs) {
        for (const IterationRecord& row : run.logged.iterations) {
            values.insert(values.end(), row.activation_min.begin(), row.activation_min.end());
            values.insert(values.end(), row.activation_max.begin(), row.activation_max.end());
        }
    }
    Extent extent = central_extent(std::move(values), ScaleKind::kLinear);
    extent.add(0);
    extent.add(1);
    return Scale::rounded(ScaleKind::kLinear, extent, 0, 1);
}

std::string norms_description(const ReportData& data, std::int64_t step) {
    std::string text = "At " + step_text(data, step) + ":";
    for (const std::size_t run : data.one_of_each()) {
        const IterationRecord* const row = row_at(data.runs[run], step);
        if (row != nullptr) text += " " + data.runs[run].label + ": " + ends_text(row->gradient_norms) + ".";
    }
    return text;
}

std::string range_text(const std::vector<double>& low, const std::vector<double>& high) {
    if (low.empty()) return "no hidden layer";
    return fmt::format("first layer {} to {}, last hidden layer {} to {}", number_label(low.front()),
                       number_label(high.front()), number_label(low.back()), number_label(high.back()));
}

Frame norms_frame(const ReportData& data) {
    return framed(kWide, kUntitled, layer_scale(most_layers(data)), norm_scale(data));
}

std::size_t hidden_layers(const ReportData& data) { return std::max<std::size_t>(most_layers(data), 2) - 1; }

Frame ranges_frame(const ReportData& data) {
    return framed(kPanel, {}, layer_scale(hidden_layers(data)), activation_scale(data));
}

Drawing ranges_panel(const ReportData& data, std::size_t index, std::int64_t step, Frame frame) {
    const ReportRun& run = data.runs[index];
    frame.title = panel_title(data, index);
    frame.x_title = "hidden layer (1 = next to the input)";
    frame.y_title = "smallest to largest output over the batch";
    LayerRanges ranges{{}, {}, style_of(data, run), run_attributes(data, index)};
    std::string found = "no row.";
    if (const IterationRecord* const row = row_at(run, step)) {
        ranges.low = row->activation_min;
        ranges.high = row->activation_max;
        found = range_text(ranges.low, ranges.high) + ".";
    }
    Drawing drawing =
        draw_layer_ranges(frame, ranges, hidden_layers(data), run.setting("model.activation") == "sigmoid");
    drawing.title = "Range of each hidden layer's outputs, " + run.label;
    drawing.description = "At " + step_text(data, step) + ": " + found;
    drawing.attributes += " " + ranges.attributes;
    return drawing;
}

std::string numbers_text(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : " ") + number_label(value, kFrameDigits);
    return text;
}

/// A text for each step; empty where the run has no row.
template <class TextOf>
std::string texts_json(const ReportRun& run, const Steps& steps, TextOf text_of) {
    std::string json;
    for (const std::int64_t step : steps.steps) {
        const IterationRecord* const row = row_at(run, step);
        json += (json.empty() ? "\"" : ",\"") + (row == nullptr ? "" : text_of(*row)) + "\"";
    }
    return "[" + json + "]";
}

/// The line, and behind bars what there is of the other two.
std::string paths_text(const SeriesPaths& paths) {
    std::string text = paths.line + "|" + paths.lost + "|" + paths.zeros;
    while (!text.empty() && text.back() == '|') text.pop_back();
    return text;
}

std::string norm_frames(const ReportRun& run, const Steps& steps, const Frame& frame) {
    const auto numbers = [](const IterationRecord& row) { return numbers_text(row.gradient_norms); };
    const auto line = [&](const IterationRecord& row) {
        return paths_text(layer_line_paths(frame, row.gradient_norms));
    };
    return R"("gradients":)" + texts_json(run, steps, numbers) + R"(,"lines":)" + texts_json(run, steps, line);
}

std::string range_frames(const ReportRun& run, const Steps& steps, const Frame& frame) {
    const auto low = [](const IterationRecord& row) { return numbers_text(row.activation_min); };
    const auto high = [](const IterationRecord& row) { return numbers_text(row.activation_max); };
    const auto bars = [&](const IterationRecord& row) {
        return paths_text(layer_range_paths(frame, row.activation_min, row.activation_max));
    };
    return R"(,"low":)" + texts_json(run, steps, low) + R"(,"high":)" + texts_json(run, steps, high) + R"(,"bars":)" +
           texts_json(run, steps, bars);
}

}  // namespace

std::string ends_text(const std::vector<double>& norms) {
    if (norms.empty()) return "no layer";
    return fmt::format("first layer {}, last layer {}, ratio {}", number_label(norms.front(), 2),
                       number_label(norms.back(), 2), number_label(norms.front() / norms.back(), 2));
}

Figure gradient_norms(const ReportData& data, std::int64_t step) {
    Frame frame = norms_frame(data);
    frame.x_title = "weight layer (1 = next to the input)";
    frame.y_title = norm_name(data) + " of dLoss/dW (log scale)";
    std::vector<LayerSeries> series;
    for (std::size_t i = 0; i < data.runs.size(); ++i) {
        const IterationRecord* const row = row_at(data.runs[i], step);
        series.push_back({row == nullptr ? std::vector<double>{} : row->gradient_norms, style_of(data, data.runs[i]),
                          run_attributes(data, i)});
    }
    Drawing drawing = draw_layer_lines(frame, series, most_layers(data));
    drawing.title = "Gradient norm of each layer";
    drawing.description = norms_description(data, step);
    const std::string caption = "The " + norm_name(data) +
                                " of the loss's gradient by each layer's weights, a line for each run; the scale is "
                                "that of all iterations." +
                                edges_note(data);
    return {"gradient_norms",
            "Gradient norm of each layer, " + step_text(data, step),
            caption,
            {drawing},
            1,
            legend_of(data, kWide.width)};
}

Figure activation_ranges(const ReportData& data, std::int64_t step) {
    Figure figure{"activation_ranges", "Range of each hidden layer's outputs, " + step_text(data, step), "", {}, 3, {}};
    figure.caption =
        "Bars reach from the smallest to the largest output of each hidden layer's activation function over the batch; "
        "the grey band, drawn for sigmoids, is 0.1 to 0.9, outside of which they saturate." +
        panels_note(data);
    const Frame frame = ranges_frame(data);
    for (const std::size_t run : runs_in_panels(data)) figure.drawings.push_back(ranges_panel(data, run, step, frame));
    return figure;
}

std::string frames_json(const ReportData& data, const Steps& steps) {
    std::string labels;
    for (const std::int64_t step : steps.steps) {
        labels += (labels.empty() ? "\"" : ",\"") + step_text(data, step) + "\"";
    }
    const Frame norms = norms_frame(data);
    const Frame ranges = ranges_frame(data);
    const std::vector<std::size_t> panels = runs_in_panels(data);
    std::string runs;
    for (std::size_t i = 0; i < data.runs.size(); ++i) {
        const bool has_panel = std::find(panels.begin(), panels.end(), i) != panels.end();
        runs += fmt::format("{}{{{}{}}}", runs.empty() ? "" : ",\n", norm_frames(data.runs[i], steps, norms),
                            has_panel ? range_frames(data.runs[i], steps, ranges) : "");
    }
    return fmt::format("\"labels\":[{}],\n\"runs\":[{}]", labels, runs);
}

}  // namespace bnrun
