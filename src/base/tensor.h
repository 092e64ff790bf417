// Named arrays on their way between a network and a file, so that neither knows the other.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/config.h"

namespace bnrun {

/// Row-major values of any shape. A float32 tensor's values are held in double, which loses nothing.
struct Tensor {
    Precision precision = Precision::kFloat64;
    std::vector<std::int64_t> shape;
    std::vector<double> values;
};

/// By name, such as `layers.0.weight`.
using TensorMap = std::map<std::string, Tensor>;

}  // namespace bnrun
