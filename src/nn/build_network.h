// Makes a config's list of layers: the one place that knows their kinds.
#pragma once

#include <memory>
#include <vector>

#include "base/config.h"
#include "nn/layer.h"

namespace bnrun {

/// From the data to the output layer, which is dense and the last; the loss is not among them.
template <class T>
std::vector<std::unique_ptr<Layer<T>>> build_layers(Index inputs, Index classes, const Config& config);

}  // namespace bnrun
