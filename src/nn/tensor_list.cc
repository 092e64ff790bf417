#include "nn/tensor_list.h"

#include <functional>
#include <numeric>

#include "nn/layers/sample_norm.h"

namespace bnrun {

std::int64_t TensorSpec::size() const {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::string tensor_name(std::size_t layer, const std::string& name) {
    return "layers." + std::to_string(layer) + "." + name;
}

std::string residual_name(std::size_t residual, const std::string& name) {
    return "residuals." + std::to_string(residual) + "." + name;
}

std::vector<TensorSpec> tensors_of(const LayerPlan& layer) {
    const LayerConfig& config = layer.config;
    if (config.kind == LayerKind::kResidual && config.learn_scale) {
        return {{residual_name(layer.number, "scale"), TensorKind::kScale, layer.number, {1}}};
    }
    if (!layer.has_weights()) return {};
    std::vector<TensorSpec> list;
    const std::vector<std::int64_t> channels{layer.out.channels};
    const auto add = [&](const char* name, TensorKind kind, const std::vector<std::int64_t>& shape) {
        list.push_back({tensor_name(layer.number, name), kind, layer.number, shape});
    };
    add("weight", TensorKind::kWeight, layer.weight_shape());
    if (config.bias) add("bias", TensorKind::kBias, channels);
    const NormalizationConfig& norm = config.normalization.value();
    if (norm.kind == Normalization::kWeight) add("magnitude", TensorKind::kMagnitude, channels);
    if (norm.kind != Normalization::kNone && norm.kind != Normalization::kWeight) {
        add("gamma", TensorKind::kGamma, channels);
        if (has_beta(norm)) {
            add("beta", TensorKind::kBeta, channels);
        }
    }
    if (norm.kind == Normalization::kBatch) {
        add("mean", TensorKind::kMean, channels);
        add("variance", TensorKind::kVariance, channels);
    }
    if (config.activation == Activation::kPrelu) add("slope", TensorKind::kSlope, {1});
    return list;
}

std::int64_t parameters_of(const LayerPlan& layer) {
    std::int64_t count = 0;
    for (const TensorSpec& tensor : tensors_of(layer)) count += tensor.is_learned() ? tensor.size() : 0;
    for (const LayerPlan& within : layer.layers) count += parameters_of(within);
    return count;
}

std::vector<TensorSpec> tensor_list(const Config& config, const Shape& input, Index classes) {
    std::vector<TensorSpec> list;
    for_each_layer(plan_net(config, input, classes), [&](const LayerPlan& layer) {
        for (TensorSpec& tensor : tensors_of(layer)) list.push_back(std::move(tensor));
    });
    return list;
}

}  // namespace bnrun
