// A sequence of colours that looks evenly spaced, also to those who see fewer colours, and in grey.
#pragma once

#include <string>

namespace bnrun {

/// `#rrggbb` at a place from 0 (dark) to 1 (light) of viridis (Smith and van der Walt 2015).
std::string ramp_colour(double place);

inline constexpr std::size_t kLayerShades = 16;

/// The class that draws a layer's line, in its setting's colour: strong for the first, faint for the last.
std::string layer_class(std::size_t layer, std::size_t layers);

/// Rules for those classes.
std::string layer_rules();

}  // namespace bnrun
