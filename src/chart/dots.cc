#include "chart/dots.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/statistics.h"

namespace bnrun {
namespace {

constexpr double kRowHeight = 58;
constexpr double kDotBelow = 44;  ///< under a row's upper edge; the label and its result stand above it

Extent extent_of(const std::vector<DotRow>& rows) {
    Extent extent;
    extent.add(0);
    for (const DotRow& row : rows) {
        for (const double value : row.values) extent.add(value);
        for (const double value : row.beside) extent.add(value);
    }
    return extent;
}

void draw_row(Canvas& canvas, const Frame& frame, const DotRow& row, double top) {
    const double y = top + kDotBelow;
    const auto at = [&](double value) { return frame.x.at(value).value_or(frame.left()); };
    const Spread spread = spread_of(row.values);
    canvas.open_group(row.attributes);
    canvas.line("grid", {frame.left(), y}, {frame.right(), y});
    canvas.text("panel", {2, top + 13}, Anchor::kStart, shortened(row.label, letters_on(frame.size.width)));
    canvas.text("title", {2, top + 13 + kLineHeight}, Anchor::kStart,
                spread_text(spread) + (row.remark.empty() ? "" : ", " + row.remark));
    for (const double value : row.beside) {
        canvas.path(fmt::format("hollow c{}", row.style.colour), marker_shape(row.style.dash, {at(value), y}, 3.2), "",
                    number_label(value, 4));
    }
    if (spread.count > 1) {
        const double low = at(std::max(spread.mean - spread.deviation, frame.x.low()));
        const double high = at(std::min(spread.mean + spread.deviation, frame.x.high()));
        const std::string bar = fmt::format("M{} {}H{}M{} {}v8M{} {}v8M{} {}v12", coordinate(low), coordinate(y),
                                            coordinate(high), coordinate(low), coordinate(y - 4), coordinate(high),
                                            coordinate(y - 4), coordinate(at(spread.mean)), coordinate(y - 6));
        canvas.path(fmt::format("whisker c{}", row.style.colour), bar);
    }
    for (const double value : row.values) {
        const std::string classes = "dot " + row.style.fill() + (spread.count > 1 ? " seed" : "");
        canvas.path(classes, marker_shape(row.style.dash, {at(value), y}, 4), "", number_label(value, 4));
    }
    canvas.close_group();
}

}  // namespace

Drawing draw_dots(const std::vector<DotRow>& rows, const std::string& x_title, double width) {
    const Size size{width, static_cast<double>(rows.size()) * kRowHeight + 54};
    const Scale across = Scale::rounded(ScaleKind::kLinear, extent_of(rows), 0, 1);
    Frame frame = framed(size, {14, 20, 4, 44}, across, across);
    frame.x_title = x_title;
    Canvas canvas;
    for (const Tick& tick : frame.x_ticks) {
        const double x = frame.x.at(tick.value).value_or(0);
        canvas.line("grid", {x, frame.top()}, {x, frame.bottom()});
    }
    draw_x_axis(canvas, frame);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        draw_row(canvas, frame, rows[i], frame.top() + static_cast<double>(i) * kRowHeight);
    }
    return {size.width, size.height, "", "", R"(data-chart="dots")" + scale_attribute("x", frame.x), canvas.svg()};
}

}  // namespace bnrun
