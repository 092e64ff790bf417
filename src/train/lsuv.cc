#include "train/lsuv.h"

#include <cmath>

#include "nn/tensor_list.h"

namespace bnrun {

namespace {

constexpr int kMostSteps = 10;
constexpr double kTolerance = 0.1;

bool is_lsuv(const LayerPlan& layer) { return layer.has_weights() && layer.config.init->scheme == InitScheme::kLsuv; }

/// Of all values, biased, in two passes.
template <class T>
double variance_of(const Panels<T>& values) {
    const auto count = static_cast<double>(values.rows() * values.columns());
    const auto sum_of = [&](const auto& term) {
        double sum = 0;
        for (Index column = 0; column < values.columns(); ++column) {
            for (Index row = 0; row < values.rows(); ++row) sum += term(static_cast<double>(values(row, column)));
        }
        return sum;
    };
    const double mean = sum_of([](double value) { return value; }) / count;
    return sum_of([mean](double value) { return (value - mean) * (value - mean); }) / count;
}

template <class T>
void scale(Network<T>& network, std::size_t layer, double factor) {
    for (const NamedTensor<T>& tensor : network.tensors()) {
        // The length of a normalized weight is its magnitude's.
        if (tensor.name != tensor_name(layer, "weight") && tensor.name != tensor_name(layer, "magnitude")) continue;
        *tensor.value *= static_cast<T>(factor);
    }
}

}  // namespace

bool has_lsuv(const std::vector<LayerPlan>& plan) {
    bool found = false;
    for_each_layer(plan, [&](const LayerPlan& layer) { found = found || is_lsuv(layer); });
    return found;
}

template <class T>
void scale_to_unit_variance(const std::vector<LayerPlan>& plan, const Panels<T>& x, Network<T>& network) {
    for_each_layer(plan, [&](const LayerPlan& layer) {
        if (!is_lsuv(layer)) return;
        const double target = layer.config.init->gain * layer.config.init->gain;
        for (int step = 0; step < kMostSteps; ++step) {
            const double variance = variance_of(network.linear_output(x, layer.number));
            if (!(variance > 0) || std::abs(variance / target - 1) < kTolerance) return;
            scale(network, layer.number, std::sqrt(target / variance));
        }
    });
}

template void scale_to_unit_variance(const std::vector<LayerPlan>&, const Panels<float>&, Network<float>&);
template void scale_to_unit_variance(const std::vector<LayerPlan>&, const Panels<double>&, Network<double>&);

}  // namespace bnrun
