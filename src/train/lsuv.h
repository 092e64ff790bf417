// Layer-sequential unit-variance initial values (Mishkin and Matas 2016): orthonormal weights, each layer of which is
// scaled until what it makes of a batch has variance 1.
#pragma once

#include <vector>

#include "nn/net_plan.h"
#include "nn/network.h"

namespace bnrun {

/// Whether a layer's scheme is `lsuv`.
bool has_lsuv(const std::vector<LayerPlan>& plan);

/// Scales the weights of such layers, from the data on, by gain / deviation of all that the layer makes of x before
/// normalization and activation function, until the variance is within a tenth of gain^2, at most ten times. A layer
/// whose outputs are all equal stays as it is. @param x (inputs, samples) of one batch
template <class T>
void scale_to_unit_variance(const std::vector<LayerPlan>& plan, const Panels<T>& x, Network<T>& network);

}  // namespace bnrun
