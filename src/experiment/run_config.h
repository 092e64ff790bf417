// A config as a run has it: with its text for the run's files, and the checksum by which these know it.
#pragma once

#include <string>

#include "base/config.h"
#include "base/tensor.h"

namespace bnrun {

struct RunConfig {
    explicit RunConfig(Config given);

    /// Of config.json: the text, and beside a data.dir that is relative where that is now (data.absolute_dir). One that
    /// was given and is still there stays.
    [[nodiscard]] std::string stored_text() const;

    Config values;
    std::string text;    ///< without data.absolute_dir, so that it is the same wherever the run is
    std::string sha256;  ///< of the text
};

/// Without data.absolute_dir.
Config as_asked(Config config);

/// A run's model.safetensors.
std::string model_bytes(const RunConfig& config, const TensorMap& model);

}  // namespace bnrun
