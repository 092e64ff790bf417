#include "nn/build_network.h"

#include "nn/layers/activation.h"
#include "nn/layers/batch_norm.h"
#include "nn/layers/dense.h"
#include "nn/layers/dropout.h"
#include "nn/tensor_list.h"

namespace bnrun {

namespace {

/// Batch normalization subtracts the mean, and with it whatever shifts a unit alike in every sample: dLoss/d(shift) is
/// 0 for every shift that reaches one through linear maps alone, such as a bias before it.
template <class T>
void make_shifts_inert(const std::vector<std::unique_ptr<Layer<T>>>& layers) {
    bool taken_away = false;  // what shifts the output of the layer looked at
    for (std::size_t i = layers.size(); i-- > 0;) {
        Layer<T>& layer = *layers[i];
        if (taken_away) layer.make_shift_inert();
        taken_away = layer.removes_shifts() || (taken_away && layer.passes_shifts());
    }
}

}  // namespace

template <class T>
std::vector<std::unique_ptr<Layer<T>>> build_layers(Index inputs, Index classes, const Config& config) {
    const ModelConfig& model = config.model;
    const auto sizes = layer_sizes(config, inputs, classes);
    std::vector<std::unique_ptr<Layer<T>>> layers;
    for (std::size_t l = 0; l + 2 < sizes.size(); ++l) {
        const Index units = sizes[l + 1];
        const auto normalize_at = [&](Placement placement) {
            if (!model.batch_norm.enabled || model.batch_norm.placement != placement) return;
            layers.push_back(std::make_unique<BatchNorm<T>>(units, model.batch_norm, config.fidelity));
        };
        layers.push_back(std::make_unique<Dense<T>>(sizes[l], units));
        normalize_at(Placement::kPreActivation);
        layers.push_back(std::make_unique<ActivationLayer<T>>(units, model.activation));
        normalize_at(Placement::kPostActivation);
        if (model.dropout == 0) continue;
        const auto number = static_cast<std::uint32_t>(l);
        layers.push_back(std::make_unique<Dropout<T>>(units, model.dropout, number, config.fidelity));
    }
    layers.push_back(std::make_unique<Dense<T>>(sizes[sizes.size() - 2], classes));
    make_shifts_inert(layers);
    return layers;
}

template std::vector<std::unique_ptr<Layer<float>>> build_layers(Index, Index, const Config&);
template std::vector<std::unique_ptr<Layer<double>>> build_layers(Index, Index, const Config&);
template std::vector<std::unique_ptr<Layer<long double>>> build_layers(Index, Index, const Config&);

}  // namespace bnrun
