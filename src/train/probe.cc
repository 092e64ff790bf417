#include "train/probe.h"

#include <atomic>
#include <cmath>

#include "nn/lane_sum.h"
#include "train/spectral_norm.h"

namespace bnrun {

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
            const Range<T> range = hidden[l].activation_range();
            record.activation_min[l] = static_cast<double>(range.min);
            record.activation_max[l] = static_cast<double>(range.max);
        }
    });
}

#define BNRUN_PROBE(T)                                     \
    template double gradient_norm(Norm, const Matrix<T>&); \
    template void observe(const Network<T>&, Norm, ThreadTeam&, IterationRecord&);
BNRUN_PROBE(float)
BNRUN_PROBE(double)

}  // namespace bnrun
