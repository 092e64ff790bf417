// Curves over iterations or epochs.
#pragma once

#include <string>
#include <vector>

#include "chart/frame.h"

namespace bnrun {

/// Where something ended early: a cross at the upper edge.
struct CurveEnd {
    double x = 0;
    std::string title;  ///< what ended
};

struct Curve {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> low;  ///< of a band around the line, as many as y; empty: none
    std::vector<double> high;
    std::string classes;
    std::string attributes;
    std::string part;       ///< as PointTexts has it
    std::string end_label;  ///< written where the curve ends, unless another label is there
    std::string dots;       ///< classes of a mark on every point; empty: none
    std::size_t shape = 0;  ///< of those
    std::string band;       ///< classes of the band
    std::vector<CurveEnd> lost{};
};

/// Draws each curve with about as many points as points_for says, its extremes kept, and its band at the same places.
/// @param frame with both scales; the drawing's texts are left to the caller.
Drawing draw_curves(const Frame& frame, const std::vector<Curve>& curves);

/// How many points a curve gets where so many share a picture: kMostPointsDrawn of a few.
std::size_t points_for(std::size_t curves);

}  // namespace bnrun
