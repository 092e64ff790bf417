#include "train/probe.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "base/rounding.h"
#include "math/reduce.h"
#include "math/simd.h"
#include "math/spectral_norm.h"

namespace bnrun {

namespace {

template <class T>
double sum_of_squares(const Matrix<T>& matrix, double scale) {
    double sum = 0;
    vectorized([&sum, scale, entries = matrix.data(), count = matrix.size()] {
        sum = lane_sum<double>(count, [=](Index i) {
            const double entry = scale * static_cast<double>(entries[i]);
            return entry * entry;
        });
    });
    return sum;
}

/// The root of the sum of squares over `divisor`. Where squares would leave float64's range, entries are scaled first.
template <class T>
double root_of_squares(const Matrix<T>& matrix, double divisor) {
    const double squares = sum_of_squares(matrix, 1);
    Range<T> range;
    vectorized([&] { range = range_of(matrix.data(), matrix.size()); });
    const auto largest = static_cast<double>(std::max(-range.min, range.max));
    if (std::isnan(squares) || largest == 0 || std::isinf(largest)) return squares;
    if (std::isfinite(squares) && largest > 0x1p-400) return std::sqrt(squares / divisor);
    const double scale = std::ldexp(1.0, std::clamp(-std::ilogb(largest), -1000, 1000));
    return std::sqrt(sum_of_squares(matrix, scale) / divisor) / scale;
}

}  // namespace

template <class T>
double gradient_norm(Norm norm, const Matrix<T>& gradient) {
    if (norm == Norm::kSpectral) return rounded_to<T>(spectral_norm(gradient));
    return rounded_to<T>(root_of_squares(gradient, norm == Norm::kRms ? static_cast<double>(gradient.size()) : 1));
}

template <class T>
void observe_gradients(const Network<T>& network, Norm norm, ThreadTeam& team, IterationRecord& record) {
    const auto gradients = network.weight_gradients();
    record.gradient_norms.resize(gradients.size());
    // Whoever is free takes the next layer; the first has the most inputs, and so the most work.
    std::atomic<std::size_t> next{0};
    team.on_each([&](Index) {
        for (std::size_t l = next++; l < gradients.size(); l = next++) {
            record.gradient_norms[l] = gradient_norm(norm, *gradients[l]);
        }
    });
}

template <class T>
void observe_activations(const Network<T>& network, IterationRecord& record) {
    record.activation_min.clear();
    record.activation_max.clear();
    for (const Range<T>& range : network.activation_ranges()) {
        record.activation_min.push_back(static_cast<double>(range.min));
        record.activation_max.push_back(static_cast<double>(range.max));
    }
}

#define BNRUN_PROBE(T)                                                                       \
    template double gradient_norm(Norm, const Matrix<T>&);                                   \
    template void observe_gradients(const Network<T>&, Norm, ThreadTeam&, IterationRecord&); \
    template void observe_activations(const Network<T>&, IterationRecord&);
BNRUN_PROBE(float)
BNRUN_PROBE(double)

}  // namespace bnrun
