#include "nn/dense_field.h"

#include <cmath>
#include <limits>

namespace bnrun {

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLsuvTolerance = 0.1;  ///< within which LSUV leaves weights as they are
constexpr Index kFewestValues = 16;     ///< of a group, that are many to theory

Signal affine(const Signal& x, double factor, double shift) {
    return {x.kernel * (factor * factor) + (2 * factor * shift * x.mean + shift * shift), factor * x.mean + shift};
}

/// Where means over the batch are taken away, what is left adds up to 0: each sample's own part is minus the sum of
/// what it has in common with the others.
void go_back(const NormStep& norm, const BatchPairs& pairs, FieldGradient& dy) {
    if (norm.centres) {
        dy.kernel = dy.kernel + -pairs.mean_of_pairs(dy.kernel);
        dy.shift = -dy.kernel.square / (pairs.samples - 1);
    }
    dy.scale(norm.scale);
}

}  // namespace

void FieldState::forget(const std::string& why) {
    signal = {{kNan, kNan, kNan}, kNan};
    if (unknown.empty()) unknown = why;
}

void FieldGradient::scale(double factor) {
    kernel = kernel * factor;
    shift *= factor;
}

NormStep normalize(const LayerPlan& layer, Placement placement, const BatchPairs& pairs, FieldState& state) {
    const NormalizationConfig& norm = layer.config.normalization.value();
    const bool normalizes = norm.kind != Normalization::kNone && norm.kind != Normalization::kWeight;
    if (layer.is_output || norm.placement != placement || !normalizes) return {};
    const Index in_group = layer.out.size() / norm.groups.value_or(1);
    if (norm.kind == Normalization::kGroup && in_group < kFewestValues) state.forget("groups");
    Signal& x = state.signal;
    const bool by_batch = norm.kind == Normalization::kBatch;
    double centre = by_batch ? pairs.mean_of_pairs(x.kernel) : x.mean * x.mean;  // the square of what is taken away
    if (norm.kind == Normalization::kRms) centre = 0;
    const double variance = x.kernel.square - centre + norm.epsilon;
    if (norm.kind != Normalization::kRms) x = {x.kernel + -centre, 0};
    x = affine(x, norm.gamma.init / std::sqrt(variance), norm.beta.init);
    return {norm.gamma.init * norm.gamma.init / variance, by_batch};
}

InitialVariances first_variances(const LayerPlan& layer, const Kernel& input) {
    const InitConfig& init = layer.config.init.value();
    if (init.from) return {kNan, kNan};
    InitialVariances initial = initial_variances(layer);
    const double sums = layer.fan_in() * initial.weight * input.square;
    const double wanted = init.gain * init.gain;
    if (init.scheme == InitScheme::kLsuv && !(std::abs(sums / wanted - 1) < kLsuvTolerance)) {
        initial.weight *= wanted / sums;
    }
    return initial;
}

Kernel sums_of(const LayerPlan& layer, const Kernel& input) {
    const InitialVariances variances = first_variances(layer, input);
    return input * (layer.fan_in() * variances.weight) + variances.bias;
}

DenseField::DenseField(const LayerPlan& layer, const BatchPairs& pairs, FieldState& state)
    : layer_(&layer),
      pairs_(pairs),
      input_(state.signal.kernel),
      weight_variance_(first_variances(layer, input_).weight) {
    if (layer.config.init->from) state.forget("file");
    state.signal = {sums_of(layer, input_), 0};
    forward(state);
    unknown = state.unknown;
}

DenseField::DenseField(const LayerPlan& layer, const BatchPairs& pairs, const Kernel& sums, FieldState& state)
    : layer_(&layer), pairs_(pairs), input_({kNan, kNan, kNan}), weight_variance_(kNan) {
    state = {{sums, 0}, ""};
    forward(state);
    unknown = "data";
}

void DenseField::forward(FieldState& state) {
    variance = state.signal.kernel.square;
    before_ = normalize(*layer_, Placement::kPreActivation, pairs_, state);
    if (!layer_->is_output) {
        slopes_ = slopes(*layer_->config.activation, state.signal);
        state.signal = activated(*layer_->config.activation, state.signal);
    }
    after_ = normalize(*layer_, Placement::kPostActivation, pairs_, state);
}

// With d = dLoss/d(sums), dLoss/dW = 1/B sum over samples of d x^T: its square has d . d' times x . x' for each pair.
void DenseField::backward(FieldGradient& dy) {
    go_back(after_, pairs_, dy);
    dy.kernel = dy.kernel * slopes_;
    dy.shift *= pairs_.mean_of_pairs(slopes_);
    go_back(before_, pairs_, dy);
    squared_gradient = dy.kernel.square;
    const Kernel in_batch{dy.kernel.square, dy.kernel.same + dy.shift, dy.kernel.other + dy.shift};
    weight_gradient = std::sqrt(layer_->fan_in() * pairs_.mean(in_batch * input_));
    if (unknown.empty()) unknown = dy.unknown;
    dy.scale(layer_->fan_in() * weight_variance_);
}

}  // namespace bnrun
