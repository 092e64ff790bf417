// Makes the layers of a plan: the one place that knows their kinds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/config.h"
#include "nn/layer.h"
#include "nn/net_plan.h"

namespace bnrun {

template <class T>
struct PlacedLayer {
    std::unique_ptr<Layer<T>> layer;
    std::string prefix;  ///< of its tensors' names: `layers.0.`
};

/// From the data to the output layer, which is dense and the last; the loss is not among them.
template <class T>
std::vector<PlacedLayer<T>> build_layers(const std::vector<LayerPlan>& plan, Fidelity fidelity);

}  // namespace bnrun
