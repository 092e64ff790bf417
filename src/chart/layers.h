// Layer by layer at one iteration: gradient norms as lines, activation ranges as bars. Only their paths change from one
// iteration to the next.
#pragma once

#include <string>
#include <vector>

#include "chart/frame.h"

namespace bnrun {

struct LayerSeries {
    std::vector<double> values;  ///< of each layer, the first first
    std::vector<double> low;     ///< ends of a whisker through each; empty: none
    std::vector<double> high;
    Style style;
    std::string attributes;
};

/// Every layer's value, a marked line for each series.
Drawing draw_layer_lines(Frame frame, const std::vector<LayerSeries>& series, std::size_t layers);

struct LayerRanges {
    std::vector<double> low;
    std::vector<double> high;
    std::vector<double> lowest;  ///< ends of a thin line behind each bar; empty: none
    std::vector<double> highest;
    Style style;
    std::string attributes;
};

/// A bar from low to high for each layer.
/// @param mark_band shades 0.1…0.9, within which a sigmoid still has a slope of at least 0.09.
Drawing draw_layer_ranges(Frame frame, const LayerRanges& ranges, std::size_t layers, bool mark_band);

/// What draw_layer_lines draws of one series.
SeriesPaths layer_line_paths(const Frame& frame, const std::vector<double>& values);

/// A stroke for each layer from low to high, kept within the frame: whiskers of lines, and what is behind bars.
std::string layer_whiskers(const Frame& frame, const std::vector<double>& low, const std::vector<double>& high);

/// What draw_layer_ranges draws. Bars end at the frame; a cross at its upper edge: the largest is beyond it, or an end
/// is not finite.
SeriesPaths layer_range_paths(const Frame& frame, const std::vector<double>& lows, const std::vector<double>& highs);

/// The scale on which layer l stands at l.
Scale layer_scale(std::size_t layers);

/// Definitions of the markers that the lines of these styles use.
std::string marker_definitions(const std::vector<Style>& styles);

}  // namespace bnrun
