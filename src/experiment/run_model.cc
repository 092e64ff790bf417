#include "experiment/run_model.h"

#include "files/safetensors.h"
#include "settings/json.h"

namespace bnrun {

std::string model_bytes(const Config& config, const TensorMap& model) {
    return safetensors_bytes({model, {{"format", "bnrun"}, {"config", config_text(config)}}});
}

}  // namespace bnrun
