#include "nn/tensor_list.h"

namespace bnrun {

std::string tensor_name(std::size_t layer, const std::string& name) {
    return "layers." + std::to_string(layer) + "." + name;
}

std::vector<std::int64_t> layer_sizes(const Config& config, Index inputs, Index classes) {
    std::vector<std::int64_t> sizes = config.hidden_widths();
    sizes.insert(sizes.begin(), inputs);
    sizes.push_back(classes);
    return sizes;
}

std::vector<TensorSpec> tensor_list(const Config& config, Index inputs, Index classes) {
    const auto sizes = layer_sizes(config, inputs, classes);
    std::vector<TensorSpec> list;
    for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
        const std::vector<std::int64_t> units{sizes[l + 1]};
        const auto add = [&](const char* name, TensorKind kind, const std::vector<std::int64_t>& shape) {
            list.push_back({tensor_name(l, name), kind, l, shape});
        };
        add("weight", TensorKind::kWeight, {sizes[l + 1], sizes[l]});
        add("bias", TensorKind::kBias, units);
        if (!config.model.batch_norm.enabled || l + 2 == sizes.size()) continue;
        add("gamma", TensorKind::kGamma, units);
        add("beta", TensorKind::kBeta, units);
        add("mean", TensorKind::kMean, units);
        add("variance", TensorKind::kVariance, units);
    }
    return list;
}

}  // namespace bnrun
