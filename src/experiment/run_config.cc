#include "experiment/run_config.h"

#include <utility>

#include "base/sha256.h"
#include "files/safetensors.h"
#include "settings/json.h"

namespace bnrun {

RunConfig::RunConfig(Config given) : values(std::move(given)), text(config_text(values)), sha256(sha256_text(text)) {}

std::string model_bytes(const RunConfig& config, const TensorMap& model) {
    return safetensors_bytes({model, {{"format", "bnrun"}, {"config", config.text}}});
}

}  // namespace bnrun
