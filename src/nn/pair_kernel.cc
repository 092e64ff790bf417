#include "nn/pair_kernel.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "math/quadrature.h"
#include "nn/layers/activation.h"
#include "nn/layers/prelu.h"

namespace bnrun {

namespace {

double square_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value * value;
    return sum;
}

void add(const std::vector<double>& values, std::vector<double>& sums) {
    sums.resize(std::max(sums.size(), values.size()), 0);
    for (std::size_t i = 0; i < values.size(); ++i) sums[i] += values[i];
}

/// E[f(u) f(v)] for the three kinds of pairs.
Kernel pair_means(const Function& f, const Signal& values) {
    const Kernel& kernel = values.kernel;
    const double mean_square = values.mean * values.mean;
    const double variance = kernel.square - mean_square;
    const NormalValue u{values.mean, std::sqrt(std::max(variance, 0.0) + 0 * variance)};
    const auto pair = [&](double product) {
        if (std::isnan(product) || !(variance > 0)) return normal_pair_mean(f, u, 1) + 0 * product;
        return normal_pair_mean(f, u, std::clamp((product - mean_square) / variance, -1.0, 1.0));
    };
    Kernel means;
    means.square = normal_mean([&](double value) { return f(value) * f(value); }, u);
    means.same = pair(kernel.same);
    means.other = kernel.other == kernel.same ? means.same : pair(kernel.other);
    return means;
}

}  // namespace

Kernel operator*(const Kernel& kernel, double factor) {
    return {kernel.square * factor, kernel.same * factor, kernel.other * factor};
}
Kernel operator*(const Kernel& a, const Kernel& b) { return {a.square * b.square, a.same * b.same, a.other * b.other}; }
Kernel operator+(const Kernel& a, const Kernel& b) { return {a.square + b.square, a.same + b.same, a.other + b.other}; }
Kernel operator+(const Kernel& kernel, double shift) {
    return {kernel.square + shift, kernel.same + shift, kernel.other + shift};
}

double BatchPairs::mean_of_pairs(const Kernel& kernel) const {
    if (samples < 2) return kernel.square;
    const double same = std::max(samples / classes - 1, 0.0);
    return (same * kernel.same + (samples - 1 - same) * kernel.other) / (samples - 1);
}

double BatchPairs::mean(const Kernel& kernel) const {
    return (kernel.square + (samples - 1) * mean_of_pairs(kernel)) / samples;
}

// The products of all pairs of a class add up to |sum of its samples|^2, those with themselves among them.
template <class T>
Signal signal_of(const Panels<T>& x, const std::vector<std::uint8_t>& labels) {
    std::map<std::uint8_t, std::vector<double>> class_sums;
    std::map<std::uint8_t, double> counts;
    std::vector<double> sample(static_cast<std::size_t>(x.rows()));
    double squares = 0;
    for (Index column = 0; column < x.columns(); ++column) {
        for (Index row = 0; row < x.rows(); ++row) {
            sample[static_cast<std::size_t>(row)] = static_cast<double>(x(row, column));
        }
        const std::uint8_t label = labels[static_cast<std::size_t>(column)];
        add(sample, class_sums[label]);
        ++counts[label];
        squares += square_of(sample);
    }
    std::vector<double> sums;
    double within = 0;  // classes
    double same_pairs = 0;
    for (const auto& [label, of_class] : class_sums) {
        add(of_class, sums);
        within += square_of(of_class);
        same_pairs += counts[label] * (counts[label] - 1);
    }
    const auto samples = static_cast<double>(x.columns());
    const auto units = static_cast<double>(x.rows());
    const double other_pairs = samples * (samples - 1) - same_pairs;
    const double same = (within - squares) / same_pairs / units;
    const double other = (square_of(sums) - within) / other_pairs / units;
    return {{squares / samples / units, same_pairs > 0 ? same : other, other_pairs > 0 ? other : same},
            std::accumulate(sums.begin(), sums.end(), 0.0) / samples / units};
}

double activation_at(Activation activation, double x) {
    if (activation == Activation::kPrelu) return x > 0 ? x : kFirstSlope * x;
    double y = 0;
    activate(activation, &x, &y, 1);
    return y;
}

double derivative_at(Activation activation, double x) {
    if (activation == Activation::kPrelu) return x > 0 ? 1 : kFirstSlope;
    double y = x;
    if (!derivative_takes_input(activation)) activate(activation, &x, &y, 1);
    double derivative = 1;
    multiply_by_derivative(activation, &y, &derivative, 1);
    return derivative;
}

Signal activated(Activation activation, const Signal& values) {
    const Function act = [activation](double x) { return activation_at(activation, x); };
    const double variance = values.kernel.square - values.mean * values.mean;
    return {pair_means(act, values),
            normal_mean(act, {values.mean, std::sqrt(std::max(variance, 0.0) + 0 * variance)})};
}

Kernel slopes(Activation activation, const Signal& values) {
    return pair_means([activation](double x) { return derivative_at(activation, x); }, values);
}

template Signal signal_of(const Panels<float>&, const std::vector<std::uint8_t>&);
template Signal signal_of(const Panels<double>&, const std::vector<std::uint8_t>&);

}  // namespace bnrun
