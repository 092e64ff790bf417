#include "experiment/report/chart_sweep.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiment/report/chart_dots.h"
#include "experiment/report/statistics.h"

namespace bnrun {
namespace {

constexpr double kWideSpan = 50;
constexpr double kCap = 3;  ///< half the width of an error bar's ends
constexpr const char* kErrorTitle = "test error (fraction of samples classified wrongly)";

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
        rows.push_back({label, cell.test_errors, {}, trouble_text(cell), styles[i], attributes[i]});
    }
    return draw_dots(rows, kErrorTitle, kWide.width);
}

Frame frame_of(const SweepSeries& series) {
    Extent x;
    Extent positive;
    Extent y;
    y.add(0);
    for (const SweepCurve& curve : series.curves) {
        for (const SweepCell& cell : curve.cells) {
            x.add(cell.x);
            positive.add_positive(cell.x);
            const Spread spread = spread_of(cell.test_errors);
            if (spread.count > 0) y.add(spread.mean + spread.deviation);
        }
    }
    const bool log = x.low() > 0 && x.high() > kWideSpan * x.low();
    const double margin = log ? 1.25 : 0.05 * (x.high() - x.low());
    const Scale across = log ? Scale(ScaleKind::kLog, x.low() / margin, x.high() * margin, 0, 1)
                             : Scale(ScaleKind::kLinear, x.low() - margin, x.high() + margin, 0, 1);
    Frame frame = framed(kWide, kUntitled, across, Scale::rounded(ScaleKind::kLinear, y, 0, 1));
    frame.x_title = series.axis + (log ? " (log scale)" : "");
    frame.y_title = kErrorTitle;
    return frame;
}

/// @param aside moves crosses, which would hide one another
void draw_curve(Canvas& canvas, const Frame& frame, const SweepCurve& curve, const Style& style, double aside) {
    std::vector<double> x;
    std::vector<double> y;
    std::string bars;
    std::string dots;
    for (const SweepCell& cell : curve.cells) {
        const Spread spread = spread_of(cell.test_errors);
        const double at = frame.x.at(cell.x).value_or(frame.left());
        if (!cell.troubles.empty())
            canvas.path(fmt::format("cross c{}", style.colour), lost_mark({at + aside, frame.top() + 3}));
        if (spread.count == 0) continue;
        const double low = frame.y.at(std::max(spread.mean - spread.deviation, frame.y.low())).value_or(0);
        const double high = frame.y.at(spread.mean + spread.deviation).value_or(0);
        if (spread.count > 1) {
            bars += fmt::format("M{0} {1}V{2}M{3} {1}h{4}M{3} {2}h{4}", coordinate(at), coordinate(low),
                                coordinate(high), coordinate(at - kCap), 2 * kCap);
        }
        dots += marker_shape(style.dash, {at, frame.y.at(spread.mean).value_or(0)}, 3.4);
        x.push_back(cell.x);
        y.push_back(spread.mean);
    }
    canvas.path(style.line(), series_paths(x, y, frame).line);
    canvas.path(fmt::format("whisker c{}", style.colour), bars);
    canvas.path("dot " + style.fill(), dots);
}

}  // namespace

Drawing draw_sweep(const SweepSeries& series, const std::vector<Style>& styles,
                   const std::vector<std::string>& attributes) {
    if (series.axis.empty()) return as_dots(series, styles, attributes);
    const Frame frame = frame_of(series);
    Canvas canvas;
    draw_frame(canvas, frame);
    for (std::size_t i = 0; i < series.curves.size(); ++i) {
        canvas.open_group(attributes[i]);
        const double middle = static_cast<double>(series.curves.size() - 1) / 2;
        draw_curve(canvas, frame, series.curves[i], styles[i], 7 * (static_cast<double>(i) - middle));
        canvas.close_group();
    }
    return {frame.size.width,
            frame.size.height,
            "",
            "",
            R"(data-chart="sweep")" + scale_attribute("x", frame.x) + scale_attribute("y", frame.y),
            canvas.svg()};
}

}  // namespace bnrun
