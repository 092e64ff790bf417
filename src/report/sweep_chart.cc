#include "report/sweep_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "base/statistics.h"
#include "chart/dots.h"

namespace bnrun {
namespace {

constexpr double kSpanOfLog = 10;
constexpr double kCrowded = 0.3;      ///< of the axis: where the median is below, values crowd at its left
constexpr double kAxisMargin = 0.05;  ///< of the axis, at either end
constexpr double kCap = 3;            ///< half the width of an error bar's ends

std::string title_of(const SweepSeries& series) {
    return series.measure + (series.measure.ends_with(" error") ? " (fraction of samples classified wrongly)" : "");
}

std::string trouble_text(const SweepCell& cell) {
    if (cell.troubles.empty()) return "";
    return fmt::format("{} of {} {}", cell.troubles.size(), cell.runs.size(), cell.troubles.front());
}

Drawing as_dots(const SweepSeries& series, const std::vector<Style>& styles,
                const std::vector<std::string>& attributes) {
    std::vector<DotRow> rows;
    for (std::size_t i = 0; i < series.curves.size(); ++i) {
        const SweepCell& cell = series.curves[i].cells.front();
        const std::string label = series.curves[i].label.empty() ? "all runs" : series.curves[i].label;
        rows.push_back({label, cell.values, {}, trouble_text(cell), styles[i], attributes[i]});
    }
    return draw_dots(rows, title_of(series), kChart.width);
}

/// Where values of x stand: evenly, or by their logarithm with 0, if it is among them, a step left of the others.
struct Axis {
    bool log = false;
    double low = 0;
    double high = 0;
    std::optional<double> zero;  ///< what stands for 0 on a logarithmic axis

    [[nodiscard]] double place(double x) const { return zero && x == 0 ? *zero : x; }
};

Axis axis_of(const SweepSeries& series) {
    std::set<double> values;
    for (const SweepCurve& curve : series.curves) {
        for (const SweepCell& cell : curve.cells) values.insert(cell.x);
    }
    Axis axis{false, *values.begin(), *values.rbegin(), std::nullopt};
    const bool zero = values.erase(0) > 0;
    if (values.size() < 2 || axis.low < 0) return axis;
    const double least = *values.begin();
    const double ratio = axis.high / least;
    const double median = *std::next(values.begin(), static_cast<std::ptrdiff_t>((values.size() - 1) / 2));
    axis.log = ratio >= kSpanOfLog && median - axis.low < kCrowded * (axis.high - axis.low);
    if (!axis.log) return axis;
    if (zero) axis.zero = least / std::pow(ratio, 1 / static_cast<double>(values.size() - 1));
    axis.low = axis.zero.value_or(least);
    return axis;
}

Scale scale_of(const Axis& axis) {
    const double margin = axis.log ? std::pow(axis.high / axis.low, kAxisMargin) : kAxisMargin * (axis.high - axis.low);
    return axis.log ? Scale(ScaleKind::kLog, axis.low / margin, axis.high * margin, 0, 1)
                    : Scale(ScaleKind::kLinear, axis.low - margin, axis.high + margin, 0, 1);
}

Frame frame_of(const SweepSeries& series, const Axis& axis) {
    Extent y;
    y.add(0);
    for (const SweepCurve& curve : series.curves) {
        for (const SweepCell& cell : curve.cells) {
            const Spread spread = spread_of(cell.values);
            if (spread.count > 0) y.add(spread.mean + spread.deviation);
        }
    }
    Frame frame = framed(kChart, kUntitled, scale_of(axis), Scale::rounded(ScaleKind::kLinear, y, 0, 1));
    if (axis.zero) {
        const auto near_zero = [&](const Tick& tick) { return tick.value < 2 * *axis.zero; };
        frame.x_ticks.erase(std::remove_if(frame.x_ticks.begin(), frame.x_ticks.end(), near_zero), frame.x_ticks.end());
        frame.x_ticks.insert(frame.x_ticks.begin(), Tick{*axis.zero, "0"});
    }
    frame.x_title = series.axis + (axis.zero ? " (log scale, and 0)" : axis.log ? " (log scale)" : "");
    frame.y_title = title_of(series);
    return frame;
}

/// @param aside moves crosses, which would hide one another
void draw_curve(Canvas& canvas, const Frame& frame, const Axis& axis, const SweepCurve& curve, const Style& style,
                double aside) {
    std::vector<double> x;
    std::vector<double> y;
    std::string bars;
    std::vector<std::pair<std::string, std::string>> dots;  // each with its title
    for (const SweepCell& cell : curve.cells) {
        const Spread spread = spread_of(cell.values);
        const double at = frame.x.at(axis.place(cell.x)).value_or(frame.left());
        if (!cell.troubles.empty())
            canvas.path(fmt::format("cross c{}", style.colour), lost_mark({at + aside, frame.top() + kMarkRadius}));
        if (spread.count == 0) continue;
        const double low = frame.y.at(std::max(spread.mean - spread.deviation, frame.y.low())).value_or(0);
        const double high = frame.y.at(spread.mean + spread.deviation).value_or(0);
        if (spread.count > 1) {
            bars += fmt::format("M{0} {1}V{2}M{3} {1}h{4}M{3} {2}h{4}", coordinate(at), coordinate(low),
                                coordinate(high), coordinate(at - kCap), 2 * kCap);
        }
        dots.emplace_back(marker_shape(style.dash, {at, frame.y.at(spread.mean).value_or(0)}, 3.4),
                          number_label(cell.x) + ": " + spread_text(spread));
        x.push_back(axis.place(cell.x));
        y.push_back(spread.mean);
    }
    canvas.path(style.line(), series_paths(x, y, frame).line);
    canvas.path(fmt::format("whisker c{}", style.colour), bars);
    for (const auto& [shape, title] : dots) canvas.path("dot " + style.fill(), shape, "", title);
}

}  // namespace

Drawing draw_sweep(const SweepSeries& series, const std::vector<Style>& styles,
                   const std::vector<std::string>& attributes) {
    if (series.axis.empty()) return as_dots(series, styles, attributes);
    const Axis axis = axis_of(series);
    const Frame frame = frame_of(series, axis);
    Canvas canvas;
    draw_frame(canvas, frame);
    for (std::size_t i = 0; i < series.curves.size(); ++i) {
        canvas.open_group(attributes[i]);
        const double middle = static_cast<double>(series.curves.size() - 1) / 2;
        draw_curve(canvas, frame, axis, series.curves[i], styles[i], 7 * (static_cast<double>(i) - middle));
        canvas.close_group();
    }
    return {frame.size.width, frame.size.height, "", "", R"(data-chart="sweep")" + scale_attributes(frame),
            canvas.svg()};
}

}  // namespace bnrun
