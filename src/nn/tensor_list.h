// The tensors of a config's network: the one list by which values are drawn, checked, saved and loaded.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"
#include "math/matrix.h"
#include "nn/net_plan.h"

namespace bnrun {

enum class TensorKind { kWeight, kBias, kGamma, kBeta, kMean, kVariance, kMagnitude, kSlope, kScale };

struct TensorSpec {
    std::string name;  ///< `layers.0.weight`
    TensorKind kind;
    std::size_t layer;                ///< with weights, or a residual's, from 0
    std::vector<std::int64_t> shape;  ///< (out, in), (out, in, height, width), (units or channels) or (1)

    [[nodiscard]] std::int64_t size() const;
    /// What training steps; the others are measured.
    [[nodiscard]] bool is_learned() const { return kind != TensorKind::kMean && kind != TensorKind::kVariance; }
};

/// `layers.3.gamma`
std::string tensor_name(std::size_t layer, const std::string& name);
/// `residuals.0.scale`
std::string residual_name(std::size_t residual, const std::string& name);

/// Of one layer, without those of layers within it.
std::vector<TensorSpec> tensors_of(const LayerPlan& layer);

/// Learned values of a layer and of those within it.
std::int64_t parameters_of(const LayerPlan& layer);

/// By layer, first layer first; a residual's comes after those within it.
std::vector<TensorSpec> tensor_list(const Config& config, const Shape& input, Index classes);

}  // namespace bnrun
