// Initial values: drawn by a scheme, or taken from a file's tensors.
#pragma once

#include <string>

#include "base/config.h"
#include "base/tensor.h"
#include "math/shape.h"
#include "nn/net_plan.h"

namespace bnrun {

/// Weights and biases of every layer, with fan-in `in` and fan-out `out`. `published` draws both from
/// N(0, 2 / (in + out) / 1.04). The others have zero biases and weights of variance 2 / (in + out) (`xavier_normal`:
/// Glorot and Bengio 2010), 2 / in (`he_normal`: He et al. 2015) or std^2 (`gaussian`); uniform ones within
/// +-sqrt(6 / (in + out)) (`uniform_glorot`) or +-sqrt(3 / in) (`uniform_fan_in`); or orthonormal rows or columns
/// (`orthogonal`: Saxe, McClelland and Ganguli 2014; `lsuv` before its pass over data). All are multiplied by `gain`. A
/// function of the config's seed and each layer's number.
TensorMap draw_initial_values(const Config& config, const Shape& input, Index classes);

struct InitialVariances {
    double weight = 0;
    double bias = 0;
};

/// Of a layer's initial values, each of mean 0; of `lsuv`, before its pass over data.
InitialVariances initial_variances(const LayerPlan& layer);

/// Adds what weight normalization starts from where it is not there: g = |v|, so that w = v.
TensorMap with_magnitudes(const Config& config, const Shape& input, Index classes, TensorMap tensors);

/// Throws DataError unless the tensors are what the config's network starts from: a weight and a bias of the right
/// shape for every layer, the others where present, no layers beyond. With `statistics`, every tensor is needed, as in
/// a finished model. Values must be ones that the config's precision holds. @param file names them in the message.
void check_tensors(const Config& config, const Shape& input, Index classes, const TensorMap& tensors, bool statistics,
                   const std::string& file);

}  // namespace bnrun
