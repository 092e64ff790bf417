#include "train/quantities/covariate_shift.h"

namespace bnrun {

namespace {

ParameterValues weight_gradients(const Network<double>& network) {
    ParameterValues gradients;
    for (const Matrix<double>* gradient : network.weight_gradients()) gradients.push_back(*gradient);
    return gradients;
}

/// The first parameter of each layer with weights, by its place among all of them.
std::vector<std::size_t> first_parameters(const Network<double>& network) {
    std::vector<std::size_t> places;
    const auto parameters = network.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (parameters[i].is_weight) places.push_back(i);
    }
    return places;
}

}  // namespace

void CovariateShift::observe(const Step& step, LayerValues& values) {
    step.set(step.before);
    step.pass();
    const ParameterValues before = weight_gradients(step.network);
    const std::vector<std::size_t> first = first_parameters(step.network);
    ParameterValues mixed = step.before;
    for (std::size_t layer = 0; layer < before.size(); ++layer) {
        const auto name = static_cast<std::int64_t>(layer) + 1;
        for (std::size_t i = layer == 0 ? 0 : first[layer - 1]; i < first[layer]; ++i) mixed[i] = step.after[i];
        if (!step.wants(name)) continue;
        double distance = 0;
        double cosine = 1;
        if (layer > 0) {
            step.set(mixed);
            step.pass();
            const Matrix<double> after = *step.network.weight_gradients()[layer];
            distance = (after - before[layer]).norm();
            cosine = after.cwiseProduct(before[layer]).sum() / (after.norm() * before[layer].norm());
        }
        values.push_back({name, "covariate_shift", distance});
        values.push_back({name, "covariate_cosine", cosine});
    }
}

}  // namespace bnrun
