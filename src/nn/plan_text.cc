#include "nn/plan_text.h"

#include <fmt/format.h>

#include "nn/tensor_list.h"

namespace bnrun {

namespace {

std::string kind_text(const LayerPlan& plan) {
    const LayerConfig& layer = plan.config;
    switch (layer.kind) {
        case LayerKind::kDense: return plan.is_output ? "output" : "dense";
        case LayerKind::kConv: {
            const std::string stride = layer.stride == 1 ? "" : fmt::format(", stride {}", layer.stride);
            return fmt::format("conv {}x{}{}", layer.kernel[0], layer.kernel[1], stride);
        }
        case LayerKind::kPool:
            return fmt::format("pool {} {}x{}", kPoolingNames.at(static_cast<std::size_t>(layer.pooling)), layer.size,
                               layer.size);
        case LayerKind::kDropout: return fmt::format("dropout {}", layer.rate);
        default: return std::string(kLayerKindNames.at(static_cast<std::size_t>(layer.kind)));
    }
}

}  // namespace

std::vector<std::string> plan_text(const std::vector<LayerPlan>& plan) {
    std::vector<std::string> lines;
    for_each_layer(plan, [&](const LayerPlan& layer) {
        const std::string number = layer.has_weights() ? fmt::format("layer {}: ", layer.number + 1) : "";
        std::string line = fmt::format("{}{} to {}", number, kind_text(layer), shape_text(layer.out));
        if (layer.has_weights()) {
            line += fmt::format(", {} parameters, {:.4g} MFLOP", parameters_of(layer), 2e-6 * layer.multiply_adds());
        }
        lines.push_back(line);
    });
    return lines;
}

}  // namespace bnrun
