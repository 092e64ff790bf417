// Curves over iterations or epochs.
#pragma once

#include <string>
#include <vector>

#include "chart/frame.h"

namespace bnrun {

struct Curve {
    std::vector<double> x;
    std::vector<double> y;
    std::string classes;
    std::string attributes;
    std::string part;       ///< as PointTexts has it
    std::string end_label;  ///< written where the curve ends, unless another label is there
    std::string dots;       ///< classes of a mark on every point; empty: none
    std::size_t shape = 0;  ///< of those
};

/// Draws each curve with at most kMostPointsDrawn points, its extremes kept.
/// @param frame with both scales; the drawing's texts are left to the caller.
Drawing draw_curves(const Frame& frame, const std::vector<Curve>& curves);

}  // namespace bnrun
