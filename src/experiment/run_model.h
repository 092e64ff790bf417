// A run's model.safetensors.
#pragma once

#include <string>

#include "base/config.h"
#include "base/tensor.h"

namespace bnrun {

std::string model_bytes(const Config& config, const TensorMap& model);

}  // namespace bnrun
