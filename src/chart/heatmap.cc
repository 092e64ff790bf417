#include "chart/heatmap.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "chart/palette.h"

namespace bnrun {
namespace {

constexpr int kLevels = 48;
constexpr int kLost = -1;
constexpr int kZero = -2;

int level_of(double value, const Scale& colours) {
    if (!std::isfinite(value)) return kLost;
    const std::optional<double> place = colours.at(value);
    if (!place) return kZero;
    return static_cast<int>(std::clamp(*place * kLevels, 0.0, kLevels - 1.0));
}

/// The values that a level stands for.
std::string range_text(int level, const Scale& colours) {
    if (level == kLost) return "not finite";
    if (level == kZero) return "not above 0";
    const auto value = [&](double steps) {
        return number_label(colours.low() * std::pow(colours.high() / colours.low(), steps / kLevels), 2);
    };
    if (level == 0) return "up to " + value(1);
    return level + 1 == kLevels ? "from " + value(level) : value(level) + " to " + value(level + 1);
}

std::string colour_of(int level) { return ramp_colour((level + 0.5) / kLevels); }

/// Neighbours of one level become one stroke; strokes of one level one path.
std::map<int, std::string> strokes(const std::vector<HeatColumn>& columns, std::size_t layers, const Scale& colours) {
    std::map<int, std::string> paths;
    for (std::size_t l = 0; l < layers; ++l) {
        for (std::size_t i = 0; i < columns.size();) {
            const int level = level_of((*columns[i].values)[l], colours);
            std::size_t end = i + 1;
            while (end < columns.size() && level_of((*columns[end].values)[l], colours) == level) ++end;
            // Half a column too long, under its neighbour, so that no seam shows between them.
            const double length =
                static_cast<double>(columns[end - 1].end - columns[i].begin) + (end < columns.size() ? 0.5 : 0.0);
            paths[level] += fmt::format("M{} {}.5h{}", columns[i].begin, l, length);
            i = end;
        }
    }
    return paths;
}

void draw_layer_axis(Canvas& canvas, const Frame& frame, std::size_t layers) {
    const double height = (frame.bottom() - frame.top()) / static_cast<double>(std::max<std::size_t>(layers, 1));
    for (const Tick& tick : whole_ticks(layers, static_cast<std::size_t>((frame.bottom() - frame.top()) / kTextSize))) {
        const double y = frame.top() + (tick.value - 0.5) * height;
        canvas.text("tick", {frame.left() - 6, y + 5}, Anchor::kEnd, tick.label);
    }
}

}  // namespace

Drawing draw_heatmap(const Frame& frame, const std::vector<HeatColumn>& columns, std::size_t layers,
                     const Scale& colours) {
    Canvas canvas;
    draw_x_axis(canvas, frame);
    draw_layer_axis(canvas, frame, layers);
    const double across = (frame.right() - frame.left()) / (frame.x.high() - frame.x.low());
    const double down = (frame.bottom() - frame.top()) / static_cast<double>(std::max<std::size_t>(layers, 1));
    canvas.open_group(
        fmt::format(R"svg(class="cells" transform="translate({} {})scale({:.6g} {:.6g})translate({} 0)")svg",
                    coordinate(frame.left()), coordinate(frame.top()), across, down, -frame.x.low()));
    for (const auto& [level, d] : strokes(columns, layers, colours)) {
        const std::string title = range_text(level, colours);
        if (level < 0) {
            canvas.path(level == kLost ? "bad" : "zero", d, "", title);
        } else {
            canvas.raw(fmt::format(R"(<path stroke="{}" d="{}"><title>{}</title></path>)", colour_of(level), d, title));
        }
    }
    canvas.close_group();
    const std::string attributes =
        fmt::format(R"(data-chart="heatmap" data-layers="{} {} {}"{})", layers, coordinate(frame.top()),
                    coordinate(frame.bottom()), scale_attribute("x", frame.x));
    return {frame.size.width, frame.size.height, "", "", attributes, canvas.svg()};
}

Drawing draw_colour_key(const Scale& colours, const std::string& title) {
    constexpr double kBarLeft = 14;
    constexpr double kBarWidth = 372;
    Canvas canvas;
    canvas.text("title", {2, 12}, Anchor::kStart, title);
    for (int level = 0; level < kLevels; ++level) {
        const double width = kBarWidth / kLevels;
        canvas.raw(fmt::format(R"(<rect x="{:.2f}" y="20" width="{:.2f}" height="10" fill="{}"/>)",
                               kBarLeft + level * width, width + 0.3, colour_of(level)));
    }
    const Scale placed = colours.placed(kBarLeft, kBarLeft + kBarWidth);
    for (const Tick& tick : placed.ticks(6)) {
        const double x = placed.at(tick.value).value_or(kBarLeft);
        canvas.line("axis", {x, 30}, {x, 34});
        canvas.text("tick", {x, 47}, Anchor::kMiddle, tick.label);
    }
    return {kChart.width, 54, "", "", "", canvas.svg()};
}

}  // namespace bnrun
