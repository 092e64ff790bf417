#include "experiment/run_config.h"

#include <filesystem>
#include <utility>

#include "base/printable.h"
#include "base/sha256.h"
#include "files/safetensors.h"
#include "settings/json.h"

namespace bnrun {

namespace fs = std::filesystem;

RunConfig::RunConfig(Config given)
    : values(std::move(given)), text(config_text(as_asked(values))), sha256(sha256_text(text)) {}

std::string RunConfig::stored_text() const {
    Config stored = values;
    DataConfig& data = stored.data;
    if (!data.dir || data.source == Source::kSynthetic || fs::path(*data.dir).is_absolute()) return text;
    std::error_code failed;
    const std::string here = fs::absolute(*data.dir, failed).lexically_normal().string();
    const bool is_kept =
        data.absolute_dir && (fs::is_directory(*data.absolute_dir, failed) || !fs::is_directory(here, failed));
    if (!is_kept && is_utf8(here) && !here.empty()) data.absolute_dir = here;
    return config_text(stored);
}

Config as_asked(Config config) {
    config.data.absolute_dir.reset();
    return config;
}

std::string model_bytes(const RunConfig& config, const TensorMap& model) {
    return safetensors_bytes({model, {{"format", "bnrun"}, {"config", config.text}}});
}

}  // namespace bnrun
