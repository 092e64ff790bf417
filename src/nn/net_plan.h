// A config's layers in their places: shapes, numbers, and what each entry leaves to the model filled in.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"
#include "math/shape.h"

namespace bnrun {

struct LayerPlan {
    LayerConfig config;  ///< activation, normalization and init are there in layers with weights
    Shape in;
    Shape out;
    std::string place;       ///< of the config's entry: `model.layers[2]`; empty where it has none
    std::size_t number = 0;  ///< from 0 among layers with weights, residuals, or dropouts
    bool is_output = false;
    std::vector<LayerPlan> layers;  ///< of a residual

    [[nodiscard]] bool has_weights() const {
        return config.kind == LayerKind::kDense || config.kind == LayerKind::kConv;
    }
    /// Zeros around a convolution's input: above and below, left and right.
    [[nodiscard]] std::array<Index, 2> padding() const;
    /// (out, in), or of a convolution (out, in, height, width).
    [[nodiscard]] std::vector<std::int64_t> weight_shape() const;
    [[nodiscard]] double fan_in() const;   ///< weights that reach an output
    [[nodiscard]] double fan_out() const;  ///< outputs' weights that an input reaches
    /// Of a forward pass of one sample.
    [[nodiscard]] double multiply_adds() const;
};

/// From the data to the output layer, which is dense and the last. Throws ConfigError, naming the entry and both
/// shapes, where a layer does not fit what it gets.
std::vector<LayerPlan> plan_net(const Config& config, const Shape& input, Index classes);

/// Calls visit(layer) for each in order, those within a residual before it.
template <class Visit>
void for_each_layer(const std::vector<LayerPlan>& plan, const Visit& visit) {
    for (const LayerPlan& layer : plan) {
        for_each_layer(layer.layers, visit);
        visit(layer);
    }
}

/// `20 channels of 12x12`, `500 units`
std::string shape_text(const Shape& shape);

}  // namespace bnrun
