// Layer by iteration as a map of colours.
#pragma once

#include <string>
#include <vector>

#include "chart/frame.h"

namespace bnrun {

/// Columns of a map: where each begins and ends on x, and its values, one for each layer.
struct HeatColumn {
    double begin = 0;
    double end = 0;
    const std::vector<double>* values = nullptr;
};

/// The first layer stands at the top. Not finite is red, not above zero is black.
/// @param frame its y scale is not used; @param colours a log scale from 0 to 1.
Drawing draw_heatmap(const Frame& frame, const std::vector<HeatColumn>& columns, std::size_t layers,
                     const Scale& colours);

/// The bar that says which colour is which value.
Drawing draw_colour_key(const Scale& colours, const std::string& title);

}  // namespace bnrun
