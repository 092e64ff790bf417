#include "nn/net_plan.h"

#include <fmt/format.h>

#include "base/error.h"

namespace bnrun {

namespace {

constexpr std::size_t kFirstOwnDropout = 32768;  ///< numbers below are of model.dropout: its layer's
constexpr Index kMostValues = Index{1} << 24;    ///< of a sample between two layers

class Planner {
  public:
    explicit Planner(const Config& config) : config_(config) {}

    std::vector<LayerPlan> plan(const std::vector<LayerConfig>& layers, Shape in, const std::string& key) {
        std::vector<LayerPlan> plans;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const bool has_entry = !config_.model.layers.empty();
            plans.push_back(plan_layer(layers[i], in, has_entry ? fmt::format("{}[{}]", key, i) : ""));
            in = plans.back().out;
            if (plans.back().has_weights() && config_.model.dropout > 0) plans.push_back(dropout_after(plans.back()));
        }
        return plans;
    }

    LayerPlan output(const Shape& in, Index classes) {
        LayerConfig layer;
        layer.units = classes;
        layer.activation = Activation::kLinear;
        layer.normalization = NormalizationConfig{};
        LayerPlan plan = plan_layer(layer, in, "");
        plan.is_output = true;
        return plan;
    }

  private:
    [[noreturn]] void refuse(const LayerPlan& plan, const std::string& what) const {
        throw ConfigError(fmt::format("{}: {}: {}", config_.origins.of({"model.layers", "model.normalization"}),
                                      plan.place.empty() ? "model" : plan.place, what));
    }

    LayerPlan plan_layer(const LayerConfig& layer, const Shape& in, const std::string& place) {
        LayerPlan plan;
        plan.config = layer;
        plan.in = in;
        plan.out = in;
        plan.place = place;
        switch (layer.kind) {
            case LayerKind::kDense:
                plan.out = {layer.units};
                plan_weights(plan);
                break;
            case LayerKind::kConv:
                plan_convolution(plan);
                plan_weights(plan);
                break;
            case LayerKind::kPool: plan_pool(plan); break;
            case LayerKind::kResidual: plan_residual(plan); break;
            case LayerKind::kDropout: plan.number = kFirstOwnDropout + dropouts_++; break;
            default: break;  // the output is like the input
        }
        if (plan.out.size() > kMostValues) {
            refuse(plan, fmt::format("makes {}, more than {} values of a sample", shape_text(plan.out), kMostValues));
        }
        return plan;
    }

    void plan_weights(LayerPlan& plan) {
        plan.number = weights_++;
        LayerConfig& layer = plan.config;
        if (!layer.activation) layer.activation = config_.model.activation;
        if (!layer.normalization) layer.normalization = config_.model.normalization;
        if (!layer.init) layer.init = config_.model.init;
        const NormalizationConfig& norm = *layer.normalization;
        if (norm.kind != Normalization::kGroup || plan.out.channels % norm.groups.value_or(1) == 0) return;
        refuse(plan, fmt::format("normalization in {} groups does not divide {}", *norm.groups, shape_text(plan.out)));
    }

    void plan_convolution(LayerPlan& plan) const {
        const LayerConfig& layer = plan.config;
        const std::array<Index, 2> padding = plan.padding();
        const std::array<Index, 2> size{plan.in.height + 2 * padding[0], plan.in.width + 2 * padding[1]};
        if (layer.kernel[0] > size[0] || layer.kernel[1] > size[1]) {
            refuse(plan, fmt::format("a kernel of {}x{} does not fit its input, {} with padding {}", layer.kernel[0],
                                     layer.kernel[1], shape_text(plan.in), padding[0]));
        }
        plan.out = {layer.units, (size[0] - layer.kernel[0]) / layer.stride + 1,
                    (size[1] - layer.kernel[1]) / layer.stride + 1};
    }

    void plan_pool(LayerPlan& plan) const {
        const Index size = plan.config.size;
        const Index stride = plan.config.stride;
        if (size > plan.in.height || size > plan.in.width) {
            refuse(plan, fmt::format("pooling of {}x{} is larger than its input, {}", size, size, shape_text(plan.in)));
        }
        const auto windows = [&](Index extent) {
            if (plan.config.rounding == Rounding::kFloor) return (extent - size) / stride + 1;
            const Index count = (extent - size + stride - 1) / stride + 1;
            return (count - 1) * stride < extent ? count : count - 1;  // none begins outside
        };
        plan.out = {plan.in.channels, windows(plan.in.height), windows(plan.in.width)};
    }

    void plan_residual(LayerPlan& plan) {
        plan.number = residuals_++;
        plan.layers = this->plan(plan.config.layers, plan.in, plan.place + ".layers");
        const Shape& within = plan.layers.back().out;
        if (within == plan.in) return;
        refuse(plan, fmt::format("its layers make {} of {}; expected the same shape", shape_text(within),
                                 shape_text(plan.in)));
    }

    [[nodiscard]] LayerPlan dropout_after(const LayerPlan& layer) const {
        LayerPlan plan;
        plan.config.kind = LayerKind::kDropout;
        plan.config.rate = config_.model.dropout;
        plan.in = layer.out;
        plan.out = layer.out;
        plan.number = layer.number;
        return plan;
    }

    const Config& config_;
    std::size_t weights_ = 0;
    std::size_t residuals_ = 0;
    std::size_t dropouts_ = 0;
};

}  // namespace

std::array<Index, 2> LayerPlan::padding() const {
    if (config.padding) return {*config.padding, *config.padding};
    return {config.kernel[0] / 2, config.kernel[1] / 2};
}

std::vector<std::int64_t> LayerPlan::weight_shape() const {
    if (config.kind == LayerKind::kDense) return {out.channels, in.size()};
    return {out.channels, in.channels, config.kernel[0], config.kernel[1]};
}

double LayerPlan::fan_in() const {
    if (config.kind == LayerKind::kDense) return static_cast<double>(in.size());
    return static_cast<double>(in.channels * config.kernel[0] * config.kernel[1]);
}

double LayerPlan::fan_out() const {
    if (config.kind == LayerKind::kDense) return static_cast<double>(out.channels);
    return static_cast<double>(out.channels * config.kernel[0] * config.kernel[1]);
}

double LayerPlan::multiply_adds() const {
    double count = has_weights() ? fan_in() * static_cast<double>(out.size()) : 0;
    for (const LayerPlan& layer : layers) count += layer.multiply_adds();
    return count;
}

std::vector<LayerPlan> plan_net(const Config& config, const Shape& input, Index classes) {
    Planner planner(config);
    std::vector<LayerPlan> plan = planner.plan(config.layers(), input, "model.layers");
    plan.push_back(planner.output(plan.back().out, classes));
    return plan;
}

std::string shape_text(const Shape& shape) {
    if (shape.positions() == 1) return fmt::format("{} unit{}", shape.channels, shape.channels == 1 ? "" : "s");
    return fmt::format("{} channel{} of {}x{}", shape.channels, shape.channels == 1 ? "" : "s", shape.height,
                       shape.width);
}

}  // namespace bnrun
