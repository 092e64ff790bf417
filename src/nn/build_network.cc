#include "nn/build_network.h"

#include "nn/layers/activation.h"
#include "nn/layers/batch_norm.h"
#include "nn/layers/conv.h"
#include "nn/layers/dense.h"
#include "nn/layers/dropout.h"
#include "nn/layers/lrn.h"
#include "nn/layers/pool.h"
#include "nn/layers/prelu.h"
#include "nn/layers/residual.h"
#include "nn/layers/sample_norm.h"
#include "nn/tensor_list.h"

namespace bnrun {

namespace {

template <class T>
class Builder {
  public:
    explicit Builder(Fidelity fidelity) : fidelity_(fidelity) {}

    void add(const std::vector<LayerPlan>& plan) {
        for (const LayerPlan& layer : plan) add(layer);
    }

    std::vector<PlacedLayer<T>> finish() {
        make_shifts_inert();
        return std::move(layers_);
    }

  private:
    template <class Kind, class... Arguments>
    void push(Arguments&&... arguments) {
        layers_.push_back({std::make_unique<Kind>(std::forward<Arguments>(arguments)...), prefix_});
    }

    void add(const LayerPlan& plan) {
        switch (plan.config.kind) {
            case LayerKind::kDense:
            case LayerKind::kConv: return add_weights(plan);
            case LayerKind::kPool: return push<Pool<T>>(plan);
            case LayerKind::kLrn: return push<Lrn<T>>(plan.in, plan.config);
            case LayerKind::kResidual: return add_residual(plan);
            case LayerKind::kDropout:
                return push<Dropout<T>>(plan.out.size(), plan.config.rate, static_cast<std::uint32_t>(plan.number),
                                        fidelity_);
        }
    }

    void add_weights(const LayerPlan& plan) {
        prefix_ = tensor_name(plan.number, "");
        if (plan.config.kind == LayerKind::kDense) {
            push<Dense<T>>(plan.in.size(), plan.out.channels,
                           LinearOptions{plan.config.bias, plan.config.normalization->kind == Normalization::kWeight});
        } else {
            push<Conv<T>>(plan);
        }
        if (plan.is_output) return;
        normalize_at(Placement::kPreActivation, plan);
        if (plan.config.activation == Activation::kPrelu) {
            push<Prelu<T>>(plan.out.size());
        } else {
            push<ActivationLayer<T>>(plan.out.size(), plan.config.activation.value());
        }
        normalize_at(Placement::kPostActivation, plan);
    }

    void normalize_at(Placement placement, const LayerPlan& plan) {
        const NormalizationConfig& norm = plan.config.normalization.value();
        if (norm.placement != placement) return;
        switch (norm.kind) {
            case Normalization::kNone:
            case Normalization::kWeight: return;
            case Normalization::kBatch: return push<BatchNorm<T>>(plan.out, norm, fidelity_);
            case Normalization::kLayer:
            case Normalization::kRms:
            case Normalization::kGroup: return push<SampleNorm<T>>(plan.out, norm);
        }
    }

    void add_residual(const LayerPlan& plan) {
        auto branch = std::make_shared<ResidualBranch<T>>();
        push<ResidualBegin<T>>(plan.in.size(), branch);
        add(plan.layers);
        prefix_ = residual_name(plan.number, "");
        push<ResidualEnd<T>>(plan.out.size(), plan.config, branch);
    }

    /// Batch normalization subtracts the mean, and with it whatever shifts a unit alike in every sample: dLoss/d(shift)
    /// is 0 for every shift that reaches one through linear maps alone, such as a bias before it. Where a residual
    /// begins, a shift goes two ways, and must be taken away on both.
    void make_shifts_inert() {
        bool taken_away = false;           // what shifts the output of the layer looked at
        std::vector<bool> skipped_around;  // the same, for values that go around layers of a residual
        for (std::size_t i = layers_.size(); i-- > 0;) {
            Layer<T>& layer = *layers_[i].layer;
            if (layer.ends_residual()) skipped_around.push_back(taken_away);
            if (taken_away) layer.make_shift_inert();
            taken_away = layer.removes_shifts() || (taken_away && layer.passes_shifts());
            if (!layer.begins_residual()) continue;
            taken_away = taken_away && skipped_around.back();
            skipped_around.pop_back();
        }
    }

    Fidelity fidelity_;
    std::string prefix_ = tensor_name(0, "");
    std::vector<PlacedLayer<T>> layers_;
};

}  // namespace

template <class T>
std::vector<PlacedLayer<T>> build_layers(const std::vector<LayerPlan>& plan, Fidelity fidelity) {
    Builder<T> builder(fidelity);
    builder.add(plan);
    return builder.finish();
}

template std::vector<PlacedLayer<float>> build_layers(const std::vector<LayerPlan>&, Fidelity);
template std::vector<PlacedLayer<double>> build_layers(const std::vector<LayerPlan>&, Fidelity);
template std::vector<PlacedLayer<long double>> build_layers(const std::vector<LayerPlan>&, Fidelity);

}  // namespace bnrun
