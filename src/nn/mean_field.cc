#include "nn/mean_field.h"

#include <limits>

#include "nn/deep_sums.h"
#include "nn/dense_field.h"
#include "nn/output_gradient.h"

namespace bnrun {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::string name_of(const LayerPlan& layer) {
    return std::string(kLayerKindNames.at(static_cast<std::size_t>(layer.config.kind)));
}

class MeanField {
  public:
    MeanField(const std::vector<LayerPlan>& plan, const Config& config, const std::optional<Signal>& input)
        : config_(config),
          pairs_{static_cast<double>(config.train.batch_size), static_cast<double>(plan.back().out.size())} {
        for_each_layer(plan, [&](const LayerPlan& layer) {
            if (layer.has_weights()) weights_.push_back(&layer);
        });
        FieldState state;
        if (input) {
            state.signal = *input;
        } else {
            state.forget("data");
        }
        forward(plan, state);
        FieldGradient gradient;
        gradient.kernel = output_gradient(config.model.output, state.signal.kernel, pairs_.classes);
        gradient.unknown = state.unknown;
        backward(plan, gradient);
    }

    [[nodiscard]] std::vector<LayerPrediction> rows() const {
        std::vector<LayerPrediction> rows;
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            rows.push_back({kUnknown, kUnknown, kUnknown, name_of(*weights_[i])});
            if (!fields_[i]) continue;
            const DenseField& field = *fields_[i];
            rows.back() = {field.variance, kUnknown, field.weight_gradient, field.unknown};
            if (i + 1 == fields_.size() || !fields_[i + 1]) continue;
            rows.back().chi = field.squared_gradient / fields_[i + 1]->squared_gradient;
        }
        return rows;
    }

  private:
    void forward(const std::vector<LayerPlan>& plan, FieldState& state) {
        for (const LayerPlan& layer : plan) forward(layer, state);
    }

    void forward(const LayerPlan& layer, FieldState& state) {
        switch (layer.config.kind) {
            case LayerKind::kDense: return forward_dense(layer, state);
            case LayerKind::kDropout: return forward_dropout(layer, state);
            case LayerKind::kResidual: return forward_residual(layer, state);
            case LayerKind::kConv: fields_.emplace_back(); break;
            default: break;
        }
        state.forget(name_of(layer));
    }

    void forward_dense(const LayerPlan& layer, FieldState& state) {
        const bool begins = layer.number == 0 && state.unknown == "data";
        const LayerPlan& next = *weights_[layer.is_output ? layer.number : layer.number + 1];
        if (begins && next.config.kind == LayerKind::kDense) {
            fields_.emplace_back(DenseField(layer, pairs_, deep_sums(layer, next, pairs_), state));
        } else {
            fields_.emplace_back(DenseField(layer, pairs_, state));
        }
    }

    /// y = mask x / keep, each value with a mask of its own.
    void forward_dropout(const LayerPlan& layer, FieldState& state) const {
        if (config_.fidelity == Fidelity::kPublished && layer.config.rate > 0) state.forget(name_of(layer));
        state.signal.kernel.square /= 1 - layer.config.rate;
    }

    /// y = x + s f(x): units of x and f(x) have no more in common than their means.
    void forward_residual(const LayerPlan& layer, FieldState& state) {
        const Signal x = state.signal;
        forward(layer.layers, state);
        const Signal& f = state.signal;
        const double s = layer.config.scale;
        state.signal = {x.kernel + f.kernel * (s * s) + 2 * s * x.mean * f.mean, x.mean + s * f.mean};
    }

    void backward(const std::vector<LayerPlan>& plan, FieldGradient& dy) {
        for (std::size_t i = plan.size(); i-- > 0;) backward(plan[i], dy);
    }

    void backward(const LayerPlan& layer, FieldGradient& dy) {
        switch (layer.config.kind) {
            case LayerKind::kDense: return fields_[layer.number]->backward(dy);
            case LayerKind::kDropout: dy.kernel.square /= 1 - layer.config.rate; return;
            case LayerKind::kResidual: return backward_residual(layer, dy);
            default: return dy.scale(kUnknown);
        }
    }

    /// dx = dy + s f'(x) dy, of which the second part has weights' signs that the first has not.
    void backward_residual(const LayerPlan& layer, FieldGradient& dy) {
        FieldGradient inner = dy;
        inner.scale(layer.config.scale * layer.config.scale);
        backward(layer.layers, inner);
        dy.kernel = dy.kernel + inner.kernel;
        dy.shift += inner.shift;
    }

    const Config& config_;
    BatchPairs pairs_;
    std::vector<const LayerPlan*> weights_;          ///< by number
    std::vector<std::optional<DenseField>> fields_;  ///< by number; none of convolutions
};

}  // namespace

std::vector<LayerPrediction> predict_layers(const std::vector<LayerPlan>& plan, const Config& config,
                                            const std::optional<Signal>& input) {
    return MeanField(plan, config, input).rows();
}

std::vector<double> predicted_factors(const std::vector<LayerPlan>& plan, const Config& config,
                                      const std::optional<Signal>& input) {
    const std::vector<LayerPrediction> rows = predict_layers(plan, config, input);
    std::vector<double> factors(rows.size(), kUnknown);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) factors[i] = rows[i].gradient / rows[i + 1].gradient;
    return factors;
}

}  // namespace bnrun
