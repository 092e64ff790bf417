#include "train/quantities/landscape.h"

#include <cmath>

#include "math/reduce.h"

namespace bnrun {

namespace {

/// Of learned parameters; empty for the others.
ParameterValues gradients_of(const Network<double>& network) {
    ParameterValues gradients;
    for (const NamedTensor<double>& parameter : network.parameters()) {
        gradients.push_back(parameter.learned ? *parameter.gradient : Matrix<double>());
    }
    return gradients;
}

double distance(const ParameterValues& a, const ParameterValues& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]).squaredNorm();
    return std::sqrt(sum);
}

double norm(const ParameterValues& a) {
    double sum = 0;
    for (const Matrix<double>& values : a) sum += values.squaredNorm();
    return std::sqrt(sum);
}

}  // namespace

void Landscape::observe(const Step& step, LayerValues& values) {
    if (!step.wants(0)) return;
    step.set(step.before);
    step.pass();
    const ParameterValues g = gradients_of(step.network);
    const double length = norm(g);
    Range<double> losses;
    Range<double> distances;
    double smoothness = 0;
    for (const double factor : {0.5, 1.0, 2.0, 4.0}) {
        ParameterValues at = step.before;
        for (std::size_t i = 0; i < at.size(); ++i) {
            if (g[i].size() > 0) at[i] -= factor * step.rate * g[i];
        }
        step.set(at);
        const double loss = step.pass();
        const double far = distance(gradients_of(step.network), g);
        losses.include({loss, loss});
        distances.include({far, far});
        smoothness = std::max(smoothness, far / (factor * step.rate * length));
    }
    values.push_back({0, "loss_low", losses.min});
    values.push_back({0, "loss_high", losses.max});
    values.push_back({0, "gradient_distance_low", distances.min});
    values.push_back({0, "gradient_distance_high", distances.max});
    values.push_back({0, "smoothness", smoothness});
}

}  // namespace bnrun
