// What mean-field theory starts its way back from: the gradient at the outputs of a net with initial values.
#pragma once

#include "base/config.h"
#include "nn/pair_kernel.h"

namespace bnrun {

/// The kernel of d = p - y (`softmax`) or (p - y) p (1 - p) (`sigmoid_mse`), added up over the classes, with labels
/// that the outputs do not depend on.
/// @param logits of one output, of mean 0; all outputs are alike and apart
Kernel output_gradient(Output output, const Kernel& logits, double classes);

}  // namespace bnrun
