#include "chart/frame.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/columns.h"

namespace bnrun {
namespace {

constexpr double kTickRoom = 62;  ///< units between marks on x
constexpr double kTickHeight = 26;
constexpr double kLetter = 0.53 * kTextSize;  ///< a generous mean

std::string wedge(Point at) {
    const double r = kMarkRadius;
    return fmt::format("M{} {}l{} {} {} {}", coordinate(at.x - r), coordinate(at.y - 2 * r), r, 2 * r, r, -2 * r);
}

/// Titles stand above the data, the panel's own first.
void draw_titles(Canvas& canvas, const Frame& frame) {
    double y = frame.top() - 11;
    if (!frame.y_title.empty()) canvas.text("title", {2, y}, Anchor::kStart, frame.y_title);
    if (!frame.title.empty())
        canvas.text("panel", {2, frame.y_title.empty() ? y : y - kLineHeight}, Anchor::kStart, frame.title);
    y = frame.size.height - 5;
    canvas.text("title", {(frame.left() + frame.right()) / 2, y}, Anchor::kMiddle, frame.x_title);
}

}  // namespace

Frame framed(Size size, Margins margins, const Scale& x, const Scale& y) {
    Frame frame{size, margins, "", "", "", x, y, {}};
    frame.x = x.placed(frame.left(), frame.right());
    frame.y = y.placed(frame.bottom(), frame.top());
    frame.x_ticks = frame.x.ticks(static_cast<int>((frame.right() - frame.left()) / kTickRoom));
    return frame;
}

std::vector<Tick> whole_ticks(std::size_t last, std::size_t most) {
    const std::size_t step = std::max<std::size_t>(1, (last + most - 1) / most);
    std::vector<Tick> ticks;
    for (std::size_t value = 1; value <= last; value += step) {
        ticks.push_back({static_cast<double>(value), number_label(static_cast<double>(value))});
    }
    return ticks;
}

void draw_x_axis(Canvas& canvas, const Frame& frame) {
    for (const Tick& tick : frame.x_ticks) {
        const double x = frame.x.at(tick.value).value_or(frame.left());
        canvas.line("axis", {x, frame.bottom()}, {x, frame.bottom() + 4});
        canvas.text("tick", {x, frame.bottom() + 17}, Anchor::kMiddle, tick.label);
    }
    canvas.line("axis", {frame.left(), frame.bottom()}, {frame.right(), frame.bottom()});
    draw_titles(canvas, frame);
}

void draw_frame(Canvas& canvas, const Frame& frame) {
    const double room = frame.y.kind() == ScaleKind::kLog ? kTickHeight : 1.4 * kTickHeight;
    for (const Tick& tick : frame.y.ticks(static_cast<int>((frame.bottom() - frame.top()) / room))) {
        const double y = frame.y.at(tick.value).value_or(frame.bottom());
        canvas.line("grid", {frame.left(), y}, {frame.right(), y});
        canvas.text("tick", {frame.left() - 6, y + 5}, Anchor::kEnd, tick.label);
    }
    draw_x_axis(canvas, frame);
}

std::string Style::line() const { return fmt::format("line c{} d{}", colour, dash); }

std::string Style::fill() const { return fmt::format("f{}", colour); }

std::string marker_shape(std::size_t shape, Point at, double radius) {
    const double r = radius;
    const auto start = [&](double dx, double dy) {
        return fmt::format("M{} {}", coordinate(at.x + dx), coordinate(at.y + dy));
    };
    const auto n = [&](double factor) { return coordinate(factor * r); };
    switch (shape % 4) {
        case 0: return start(-r, 0) + fmt::format("a{0} {0} 0 1 0 {1} 0a{0} {0} 0 1 0 {2} 0z", n(1), n(2), n(-2));
        case 1: return start(-0.9 * r, -0.9 * r) + fmt::format("h{0}v{0}h{1}z", n(1.8), n(-1.8));
        case 2: return start(-1.25 * r, 0) + fmt::format("l{0} {1} {0} {0} {1} {0}z", n(1.25), n(-1.25));
        default: return start(-1.1 * r, 0.9 * r) + fmt::format("h{}l{} {}z", n(2.2), n(-1.1), n(-2));
    }
}

std::string lost_mark(Point at) {
    const double r = kMarkRadius;
    return fmt::format("M{} {}l{} {}m0 {}l{} {}", coordinate(at.x - r), coordinate(at.y - r), 2 * r, 2 * r, -2 * r,
                       -2 * r, 2 * r);
}

SeriesPaths series_paths(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame) {
    SeriesPaths paths;
    bool in_line = false;
    bool in_gap = false;
    std::size_t points = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        const double across = frame.x.at(x[i]).value_or(frame.left());
        const std::optional<double> up = on_scale(frame, y[i]);
        if (up) {
            paths.line += fmt::format("{}{} {}", in_line ? " " : "M", coordinate(across), coordinate(*up));
            points = in_line ? points + 1 : 1;
        } else if (!in_gap && y[i] < frame.y.high()) {
            paths.zeros += wedge({across, frame.bottom()});
        } else if (!in_gap) {
            paths.lost += lost_mark({across, frame.top() + kMarkRadius});
        }
        const bool last_of_line = up && (i + 1 == y.size() || !on_scale(frame, y[i + 1]));
        if (last_of_line && points == 1) paths.line += "h0";  // a point without neighbours still shows
        in_line = up.has_value();
        in_gap = !up;
    }
    return paths;
}

std::optional<double> on_scale(const Frame& frame, double value) {
    const std::optional<double> y = frame.y.at(value);
    const bool inside = y && *y <= frame.bottom() + kSlack && *y >= frame.top() - kSlack;
    return inside ? y : std::nullopt;
}

void draw_series(Canvas& canvas, const std::string& classes, const SeriesPaths& paths, const std::string& attributes) {
    canvas.path(classes, paths.line, attributes);
    if (!paths.lost.empty()) canvas.path("lost", paths.lost, attributes);
    if (!paths.zeros.empty()) canvas.path("zero", paths.zeros, attributes);
}

Drawing draw_legend(const std::vector<LegendEntry>& entries, double width) {
    constexpr double kRow = 20;
    constexpr double kSample = 26;
    Canvas canvas;
    double x = 0;
    double y = 10;
    for (const LegendEntry& entry : entries) {
        const double needed = kSample + 22 + kLetter * static_cast<double>(columns_of(entry.label));
        if (x > 0 && x + needed > width) {
            x = 0;
            y += kRow;
        }
        canvas.line(entry.style.line(), {x, y}, {x + kSample, y});
        canvas.path(entry.style.fill(), marker_shape(entry.style.dash, {x + kSample / 2, y}, 3));
        canvas.text("title", {x + kSample + 6, y + 5}, Anchor::kStart, entry.label);
        x += needed;
    }
    return {width, entries.empty() ? 0 : y + kRow, "", "", "", canvas.svg()};
}

std::string scale_attribute(const char* name, const Scale& scale) {
    return fmt::format(R"( data-{}="{} {} {} {} {}")", name, scale.kind() == ScaleKind::kLog ? "log" : "linear",
                       scale.low(), scale.high(), coordinate(scale.from()), coordinate(scale.to()));
}

std::string scale_attributes(const Frame& frame) {
    return scale_attribute("x", frame.x) + scale_attribute("y", frame.y);
}

std::string shortened(const std::string& text, std::size_t letters) {
    if (columns_of(text) <= letters) return text;
    std::size_t start = 0;
    const auto next = [&] {
        do {
            ++start;
        } while (start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U);
    };
    for (std::size_t dropped = columns_of(text) - letters + 1; dropped > 0; --dropped) next();
    return "…" + text.substr(start);
}

std::size_t letters_on(double width) { return static_cast<std::size_t>(std::max(width, 0.0) / kLetter); }

}  // namespace bnrun
