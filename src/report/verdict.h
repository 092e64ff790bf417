// What a run's gradient norms say, in one number and in one word.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bnrun {

/// From this factor on, norms are said to grow or to shrink from layer to layer.
inline constexpr double kNotableFactor = 1.2;

/// The geometric mean, over neighbouring hidden layers, of a layer's norm over that of the layer below it: above 1
/// where gradients shrink on their way to the input. Infinite where the first norm is zero.
/// @param norms of each weight layer; the last one, the output layer, does not count
/// None with fewer than two hidden layers, or where an end is not finite or both are zero.
std::optional<double> factor_of(const std::vector<double>& norms);

/// `vanishing`, `exploding`, `even`, or `unknown`.
std::string verdict_of(const std::optional<double>& factor);

/// `×4.37`, or a dash.
std::string factor_text(const std::optional<double>& factor);

}  // namespace bnrun
