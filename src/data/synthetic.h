// Procedurally drawn digits, for machines with neither MNIST nor a network. Never called MNIST.
#pragma once

#include "base/config.h"
#include "data/dataset.h"

namespace bnrun {

/// 60,000 training and 10,000 test images of 28x28, or only the first of them where the config asks for fewer. A
/// sample depends on the seed and its number alone.
Dataset draw_synthetic(const Config& config);

}  // namespace bnrun
