#include "train/probe.h"

#include <array>
#include <atomic>
#include <cmath>
#include <limits>

#include "nn/lane_sum.h"
#include "train/spectral_norm.h"

namespace bnrun {

namespace {

struct Range {
    double min;
    double max;
};

/// Both are NaN where a value is.
template <class T>
Range range_of(const Matrix<T>& values) {
    std::array<T, kSumLanes> low;
    std::array<T, kSumLanes> high;
    std::array<T, kSumLanes> nan{};  // stays 0 unless a value is not a number
    low.fill(std::numeric_limits<T>::infinity());
    high.fill(-std::numeric_limits<T>::infinity());
    const auto take = [&](std::size_t lane, T value) {
        low[lane] = value < low[lane] ? value : low[lane];
        high[lane] = value > high[lane] ? value : high[lane];
        nan[lane] = value == value ? nan[lane] : value;
    };
    Index i = 0;
    for (; i + static_cast<Index>(kSumLanes) <= values.size(); i += static_cast<Index>(kSumLanes)) {
        for (std::size_t lane = 0; lane < kSumLanes; ++lane) take(lane, values.data()[i + static_cast<Index>(lane)]);
    }
    for (std::size_t lane = 0; i < values.size(); ++i, ++lane) take(lane, values.data()[i]);
    Range range{static_cast<double>(low[0]), static_cast<double>(high[0])};
    for (std::size_t lane = 0; lane < kSumLanes; ++lane) {
        if (nan[lane] != T(0)) return {std::nan(""), std::nan("")};
        range.min = std::min(range.min, static_cast<double>(low[lane]));
        range.max = std::max(range.max, static_cast<double>(high[lane]));
    }
    return range;
}

}  // namespace

template <class T>
double gradient_norm(Norm norm, const Matrix<T>& gradient) {
    if (norm == Norm::kSpectral) return static_cast<double>(static_cast<T>(spectral_norm(gradient)));
    const double squares = lane_sum<double>(gradient.size(), [&](Index i) {
        const auto entry = static_cast<double>(gradient.data()[i]);
        return entry * entry;
    });
    const double mean = norm == Norm::kRms ? squares / static_cast<double>(gradient.size()) : squares;
    return static_cast<double>(static_cast<T>(std::sqrt(mean)));
}

template <class T>
void observe(const Network<T>& network, Norm norm, ThreadTeam& team, IterationRecord& record) {
    const auto gradients = network.weight_gradients();
    const auto& hidden = network.hidden();
    record.gradient_norms.resize(gradients.size());
    record.activation_min.resize(hidden.size());
    record.activation_max.resize(hidden.size());
    // Whoever is free takes the next layer; the first has the most inputs, and so the most work.
    std::atomic<std::size_t> next{0};
    team.on_each([&](Index) {
        for (std::size_t l = next++; l < gradients.size(); l = next++) {
            record.gradient_norms[l] = gradient_norm(norm, *gradients[l]);
            if (l == hidden.size()) continue;
            const Range range = range_of(hidden[l].activations());
            record.activation_min[l] = range.min;
            record.activation_max[l] = range.max;
        }
    });
}

#define BNRUN_PROBE(T)                                     \
    template double gradient_norm(Norm, const Matrix<T>&); \
    template void observe(const Network<T>&, Norm, ThreadTeam&, IterationRecord&);
BNRUN_PROBE(float)
BNRUN_PROBE(double)

}  // namespace bnrun
