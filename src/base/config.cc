#include "base/config.h"

#include <numeric>

namespace bnrun {
namespace {

bool has_weights(const LayerConfig& layer) { return layer.kind == LayerKind::kDense || layer.kind == LayerKind::kConv; }

std::size_t count_weights(const std::vector<LayerConfig>& layers) {
    return std::accumulate(layers.begin(), layers.end(), std::size_t{0}, [](std::size_t sum, const LayerConfig& layer) {
        return sum + (has_weights(layer) ? 1 : count_weights(layer.layers));
    });
}

void add_batch_norms(const std::vector<LayerConfig>& layers, const NormalizationConfig& model,
                     std::vector<NormalizationConfig>& found) {
    for (const LayerConfig& layer : layers) {
        if (!has_weights(layer)) {
            add_batch_norms(layer.layers, model, found);
            continue;
        }
        const NormalizationConfig& its = layer.normalization ? *layer.normalization : model;
        if (its.kind == Normalization::kBatch) found.push_back(its);
    }
}

}  // namespace

std::vector<LayerConfig> Config::layers() const {
    if (!model.layers.empty()) return model.layers;
    std::vector<LayerConfig> layers(model.hidden.empty() ? static_cast<std::size_t>(model.depth) : model.hidden.size());
    for (std::size_t l = 0; l < layers.size(); ++l)
        layers[l].units = model.hidden.empty() ? model.width : model.hidden[l];
    return layers;
}

std::size_t Config::hidden_layers() const { return count_weights(layers()); }

std::vector<NormalizationConfig> Config::batch_norms() const {
    std::vector<NormalizationConfig> found;
    add_batch_norms(layers(), model.normalization, found);
    return found;
}

}  // namespace bnrun
