// The tensors of a config's network: the one list by which values are drawn, checked, saved and loaded.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"
#include "math/matrix.h"

namespace bnrun {

enum class TensorKind { kWeight, kBias, kGamma, kBeta, kMean, kVariance };

struct TensorSpec {
    std::string name;  ///< `layers.0.weight`
    TensorKind kind;
    std::size_t layer;                ///< with weights, from 0
    std::vector<std::int64_t> shape;  ///< (out, in) or (units)
};

/// `layers.3.gamma`
std::string tensor_name(std::size_t layer, const std::string& name);

/// Inputs, hidden widths, classes: layer l maps sizes[l] to sizes[l + 1].
std::vector<std::int64_t> layer_sizes(const Config& config, Index inputs, Index classes);

/// By layer, first layer first.
std::vector<TensorSpec> tensor_list(const Config& config, Index inputs, Index classes);

}  // namespace bnrun
