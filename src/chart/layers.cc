#include "chart/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace bnrun {
namespace {

constexpr double kMarkerRadius = 3.6;
constexpr double kWidestBar = 14;
constexpr double kTickWidth = 26;
constexpr double kBandLow = 0.1;
constexpr double kBandHigh = 0.9;

std::string marker_id(const Style& style) { return fmt::format("m{}-{}", style.colour, style.dash); }

std::vector<double> layer_numbers(std::size_t count) {
    std::vector<double> numbers;
    for (std::size_t l = 1; l <= count; ++l) numbers.push_back(static_cast<double>(l));
    return numbers;
}

void draw_band(Canvas& canvas, const Frame& frame) {
    const double low = frame.y.at(kBandLow).value_or(0);
    const double high = frame.y.at(kBandHigh).value_or(0);
    canvas.rect("band", {frame.left(), high}, frame.right() - frame.left(), low - high);
    for (const double y : {low, high}) canvas.line("bound", {frame.left(), y}, {frame.right(), y});
}

void draw_changing(Canvas& canvas, const std::string& classes, const SeriesPaths& paths, const std::string& attributes,
                   const std::string& line_attributes, const std::string& whiskers, const Style& style) {
    canvas.path(fmt::format("whisker c{}", style.colour), whiskers, attributes);
    canvas.path(classes, paths.line, attributes + line_attributes);
    canvas.path("lost", paths.lost, attributes);
    canvas.path("zero", paths.zeros, attributes);
}

/// With the places of the layers, by which a page knows what a point of a path is.
Drawing finished(const Frame& frame, const Canvas& canvas, const char* chart, std::size_t layers) {
    std::string columns;
    for (const double layer : layer_numbers(layers)) {
        columns += (columns.empty() ? "" : " ") + coordinate(frame.x.at(layer).value_or(0));
    }
    const std::string attributes =
        fmt::format(R"(data-chart="{}" data-columns="{}"{})", chart, columns, scale_attributes(frame));
    return {frame.size.width, frame.size.height, "", "", attributes, canvas.svg()};
}

}  // namespace

Scale layer_scale(std::size_t layers) {
    return {ScaleKind::kLinear, 0.5, static_cast<double>(std::max<std::size_t>(layers, 1)) + 0.5, 0, 1};
}

SeriesPaths layer_line_paths(const Frame& frame, const std::vector<double>& values) {
    return series_paths(layer_numbers(values.size()), values, frame);
}

SeriesPaths layer_range_paths(const Frame& frame, const std::vector<double>& lows, const std::vector<double>& highs) {
    SeriesPaths paths;
    for (std::size_t l = 0; l < lows.size(); ++l) {
        const double x = frame.x.at(static_cast<double>(l + 1)).value_or(0);
        const std::optional<double> low = frame.y.at(lows[l]);
        const std::optional<double> high = frame.y.at(highs[l]);
        if (low && high) {
            const auto within = [&](double y) { return coordinate(std::clamp(y, frame.top(), frame.bottom())); };
            paths.line += fmt::format("M{} {}V{}", coordinate(x), within(*low), within(*high));
        }
        if (!low || !high || *high < frame.top() - kSlack) paths.lost += lost_mark({x, frame.top() + kMarkRadius});
    }
    return paths;
}

std::string layer_whiskers(const Frame& frame, const std::vector<double>& low, const std::vector<double>& high) {
    std::string path;
    for (std::size_t l = 0; l < low.size(); ++l) {
        const std::optional<double> bottom = frame.y.at(low[l]);
        const std::optional<double> top = frame.y.at(high[l]);
        if (!bottom || !top) continue;
        const auto within = [&](double y) { return coordinate(std::clamp(y, frame.top(), frame.bottom())); };
        path += fmt::format("M{} {}V{}", coordinate(frame.x.at(static_cast<double>(l + 1)).value_or(0)),
                            within(*bottom), within(*top));
    }
    return path;
}

std::string marker_definitions(const std::vector<Style>& styles) {
    std::set<std::string> seen;
    std::string definitions;
    for (const Style& style : styles) {
        if (!seen.insert(marker_id(style)).second) continue;
        definitions += fmt::format(
            R"(<marker id="{}" viewBox="-5 -5 10 10" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse">)"
            R"(<path class="{}" d="{}"/></marker>)",
            marker_id(style), style.fill(), marker_shape(style.dash, {0, 0}, kMarkerRadius));
    }
    return "<defs>" + definitions + "</defs>";
}

Drawing draw_layer_lines(Frame frame, const std::vector<LayerSeries>& series, std::size_t layers) {
    frame.x_ticks = whole_ticks(layers, static_cast<std::size_t>(frame.size.width / kTickWidth));
    Canvas canvas;
    std::vector<Style> styles;
    for (const LayerSeries& one : series) styles.push_back(one.style);
    canvas.raw(marker_definitions(styles));
    draw_frame(canvas, frame);
    for (const LayerSeries& one : series) {
        const std::string marker = fmt::format(
            R"svg( marker-start="url(#{0})" marker-mid="url(#{0})" marker-end="url(#{0})")svg", marker_id(one.style));
        draw_changing(canvas, one.style.line(), layer_line_paths(frame, one.values), one.attributes, marker,
                      layer_whiskers(frame, one.low, one.high), one.style);
    }
    return finished(frame, canvas, "layers", layers);
}

Drawing draw_layer_ranges(Frame frame, const LayerRanges& ranges, std::size_t layers, bool mark_band) {
    frame.x_ticks = whole_ticks(layers, static_cast<std::size_t>(frame.size.width / kTickWidth));
    Canvas canvas;
    if (mark_band) draw_band(canvas, frame);
    draw_frame(canvas, frame);
    const double width = (frame.right() - frame.left()) / static_cast<double>(std::max<std::size_t>(layers, 1));
    draw_changing(canvas, fmt::format("bar c{}", ranges.style.colour),
                  layer_range_paths(frame, ranges.low, ranges.high), ranges.attributes,
                  fmt::format(R"( style="stroke-width:{}")", coordinate(std::min(kWidestBar, 0.6 * width))),
                  layer_whiskers(frame, ranges.lowest, ranges.highest), ranges.style);
    return finished(frame, canvas, "ranges", layers);
}

}  // namespace bnrun
