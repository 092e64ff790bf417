#include "chart/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "chart/thinning.h"

namespace bnrun {
namespace {

constexpr double kLabelHeight = kTextSize;
constexpr std::size_t kMostPointsOfAll = 16000;
constexpr std::size_t kFewestPoints = 60;

struct EndLabel {
    double y = 0;
    std::string text;
};

std::vector<double> picked(const std::vector<double>& values, const std::vector<std::size_t>& places) {
    std::vector<double> result;
    if (values.empty()) return result;
    for (const std::size_t i : places) result.push_back(values[i]);
    return result;
}

Curve thinned(const Curve& curve, std::size_t most) {
    if (curve.y.size() <= most) return curve;
    const std::vector<std::size_t> places = extremes(curve.y, most);
    Curve result = curve;
    result.x = picked(curve.x, places);
    result.y = picked(curve.y, places);
    result.low = picked(curve.low, places);
    result.high = picked(curve.high, places);
    return result;
}

/// Along the upper edge and back along the lower one, both kept within the frame. A gap where an edge has no place.
std::string band_path(const Curve& curve, const Frame& frame) {
    std::string path;
    std::string back;
    const auto close = [&] {
        if (!path.empty() && path.back() != 'z') path += back + "z";
        back.clear();
    };
    for (std::size_t i = 0; i < curve.low.size(); ++i) {
        const std::optional<double> low = frame.y.at(curve.low[i]);
        const std::optional<double> high = frame.y.at(curve.high[i]);
        if (!low || !high) {
            close();
            continue;
        }
        const std::string x = coordinate(frame.x.at(curve.x[i]).value_or(frame.left()));
        const auto within = [&](double y) { return coordinate(std::clamp(y, frame.top(), frame.bottom())); };
        path += (back.empty() ? "M" : " ") + x + " " + within(*high);
        back.insert(0, " " + x + " " + within(*low));
    }
    close();
    return path;
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
        canvas.text("end", {frame.right() + 4, label.y + 5}, Anchor::kStart, label.text);
    }
}

/// Its marks, and where the curve's last value stands.
std::optional<double> draw_marks(Canvas& canvas, const Frame& frame, const Curve& curve) {
    std::string dots;
    std::optional<double> end;
    for (std::size_t i = 0; i < curve.y.size(); ++i) {
        const std::optional<double> y = frame.y.at(curve.y[i]);
        if (!y) continue;
        end = std::clamp(*y, frame.top(), frame.bottom());
        if (!curve.dots.empty()) dots += marker_shape(curve.shape, {frame.x.at(curve.x[i]).value_or(0), *y}, 3);
    }
    if (!dots.empty()) canvas.path(curve.dots, dots, curve.attributes);
    for (const CurveEnd& lost : curve.lost) {
        const Point at{frame.x.at(lost.x).value_or(frame.right()), frame.top() + kMarkRadius};
        canvas.path("lost", lost_mark(at), curve.attributes, lost.title);
    }
    return end;
}

}  // namespace

std::size_t points_for(std::size_t curves) {
    return std::clamp(kMostPointsOfAll / std::max<std::size_t>(curves, 1), kFewestPoints, kMostPointsDrawn);
}

Drawing draw_curves(const Frame& frame, const std::vector<Curve>& curves) {
    Canvas canvas;
    draw_frame(canvas, frame);
    std::vector<EndLabel> labels;
    std::vector<PointTexts> points;
    for (const Curve& curve : curves) {
        const Curve drawn = thinned(curve, points_for(curves.size()));
        points.push_back(texts_of(drawn, frame));
        if (!drawn.low.empty()) canvas.path(curve.band, band_path(drawn, frame), curve.attributes);
        draw_series(canvas, curve.classes, series_paths(drawn.x, drawn.y, frame), curve.attributes);
        const std::optional<double> end = draw_marks(canvas, frame, drawn);
        if (end && !curve.end_label.empty()) labels.push_back({*end, curve.end_label});
    }
    draw_labels(canvas, frame, labels);
    return {frame.size.width, frame.size.height, "", "", scale_attributes(frame), canvas.svg(), "", points};
}

}  // namespace bnrun
