// Initial values: drawn by a scheme, or taken from a file's tensors.
#pragma once

#include <string>

#include "base/config.h"
#include "base/tensor.h"
#include "math/matrix.h"

namespace bnrun {

/// Weights and biases of every layer. `published` draws both from N(0, 2 / (in + out) / 1.04), the others have zero
/// biases and weights of variance 2 / (in + out) (`xavier_normal`: Glorot and Bengio 2010), 2 / in (`he_normal`: He et
/// al. 2015) or std^2 (`gaussian`). A function of the config's seed and each layer's number.
TensorMap draw_initial_values(const Config& config, Index inputs, Index classes);

/// Throws DataError unless the tensors are what the config's network starts from: a weight and a bias of the right
/// shape for every layer, gamma and beta where present, no layers beyond. With `statistics`, every BN tensor is needed
/// too, as in a finished model. Values must be ones that the config's precision holds. @param file names them in the
/// message.
void check_tensors(const Config& config, Index inputs, Index classes, const TensorMap& tensors, bool statistics,
                   const std::string& file);

}  // namespace bnrun
