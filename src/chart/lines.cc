#include "chart/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "chart/thinning.h"

namespace bnrun {
namespace {

constexpr double kLabelHeight = 9.5;

struct EndLabel {
    double y = 0;
    std::string text;
};

Curve thinned(const Curve& curve) {
    Curve result = curve;
    result.x.clear();
    result.y.clear();
    for (const std::size_t i : extremes(curve.y, kMostPointsDrawn)) {
        result.x.push_back(curve.x[i]);
        result.y.push_back(curve.y[i]);
    }
    return result;
}

std::string places_text(const std::vector<double>& x) {
    const double step = x.size() > 1 ? x[1] - x[0] : 1;
    std::string all;
    bool even = true;
    for (std::size_t i = 0; i < x.size(); ++i) {
        all += (i == 0 ? "" : " ") + number_label(x[i], 15);
        even = even && x[i] == x[0] + static_cast<double>(i) * step;
    }
    return even && x.size() > 1 ? fmt::format("{}+{}", number_label(x[0], 15), number_label(step, 15)) : all;
}

/// Of those that the line goes through.
PointTexts texts_of(const Curve& curve, const Frame& frame) {
    std::vector<double> x;
    std::string values;
    for (std::size_t i = 0; i < curve.y.size(); ++i) {
        if (!on_scale(frame, curve.y[i])) continue;
        values += (x.empty() ? "" : " ") + number_label(curve.y[i]);
        x.push_back(curve.x[i]);
    }
    return {curve.part, places_text(x), values};
}

/// From the outermost labels inward, so that first and last stay where not all have room.
void draw_labels(Canvas& canvas, const Frame& frame, const std::vector<EndLabel>& labels) {
    std::vector<double> taken;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const EndLabel& label = labels[i % 2 == 0 ? i / 2 : labels.size() - 1 - i / 2];
        const auto close = [&](double y) { return std::abs(y - label.y) < kLabelHeight; };
        if (std::any_of(taken.begin(), taken.end(), close)) continue;
        taken.push_back(label.y);
        canvas.text("end", {frame.right() + 4, label.y + 3}, Anchor::kStart, label.text);
    }
}

}  // namespace

Drawing draw_curves(const Frame& frame, const std::vector<Curve>& curves) {
    Canvas canvas;
    draw_frame(canvas, frame);
    std::vector<EndLabel> labels;
    std::vector<PointTexts> points;
    for (const Curve& curve : curves) {
        const Curve drawn = thinned(curve);
        points.push_back(texts_of(drawn, frame));
        draw_series(canvas, curve.classes, series_paths(drawn.x, drawn.y, frame), curve.attributes);
        std::string dots;
        std::optional<double> end;
        for (std::size_t i = 0; i < drawn.y.size(); ++i) {
            const std::optional<double> y = frame.y.at(drawn.y[i]);
            if (!y) continue;
            end = y;
            if (!curve.dots.empty()) dots += marker_shape(curve.shape, {frame.x.at(drawn.x[i]).value_or(0), *y}, 2.4);
        }
        if (!dots.empty()) canvas.path(curve.dots, dots, curve.attributes);
        if (end && !curve.end_label.empty()) labels.push_back({*end, curve.end_label});
    }
    draw_labels(canvas, frame, labels);
    return {frame.size.width, frame.size.height, "", "", "", canvas.svg(), "", points};
}

}  // namespace bnrun
