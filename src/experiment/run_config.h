// A config as a run has it: with the text of its config.json, and the checksum by which the run's files know it.
#pragma once

#include <string>

#include "base/config.h"
#include "base/tensor.h"

namespace bnrun {

struct RunConfig {
    explicit RunConfig(Config given);

    Config values;
    std::string text;
    std::string sha256;  ///< of the text
};

/// A run's model.safetensors.
std::string model_bytes(const RunConfig& config, const TensorMap& model);

}  // namespace bnrun
