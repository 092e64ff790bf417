#include "train/quantities/update.h"

#include <fmt/format.h>

#include <cmath>

#include "math/fold.h"
#include "math/simd.h"
#include "train/quantities/weights_in_effect.h"

namespace bnrun {

namespace {

/// Sums over the entries of a layer's weights.
enum Sum { kUpdate, kWeight, kGradient, kLastUpdate, kLastGradient, kUpdates, kGradients, kSums };

}  // namespace

template <class T>
Update<T>::Update(const std::vector<LayerView<T>>& layers) {
    for (const LayerView<T>& layer : layers) {
        const Matrix<T> zero = Matrix<T>::Zero(layer.gradient().rows(), layer.gradient().cols());
        rooms_.push_back({zero, zero, zero, {}, false});
    }
}

template <class T>
void Update<T>::before_step(const LayerView<T>& layer, std::size_t number, LayerValues& /*values*/) {
    Room& room = rooms_[number];
    room.before = weights_in_effect(layer, room.effective);
}

template <class T>
void Update<T>::after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) {
    Room& room = rooms_[number];
    const Matrix<T>& weights = weights_in_effect(layer, room.effective);
    double sums[kSums][kFoldLanes] = {};  // lane i sums the entries i, i + 16, …, as lane_sum does
    // One pass: what is compared with is replaced by what the next iteration compares with.
    vectorized([&sums, w = weights.data(), g = layer.gradient().data(), before = room.before.data(),
                last_update = room.update.data(), last_gradient = room.gradient.data(), count = weights.size()] {
        const auto add = [&](Index lane, Index i) {
            const T step = w[i] - before[i];
            const auto update = static_cast<double>(step);
            const auto weight = static_cast<double>(before[i]);
            const auto gradient = static_cast<double>(g[i]);
            const auto old_update = static_cast<double>(last_update[i]);
            const auto old_gradient = static_cast<double>(last_gradient[i]);
            sums[kUpdate][lane] += update * update;
            sums[kWeight][lane] += weight * weight;
            sums[kGradient][lane] += gradient * gradient;
            sums[kLastUpdate][lane] += old_update * old_update;
            sums[kLastGradient][lane] += old_gradient * old_gradient;
            sums[kUpdates][lane] += update * old_update;
            sums[kGradients][lane] += gradient * old_gradient;
            last_update[i] = step;
            last_gradient[i] = g[i];
        };
        Index i = 0;
        for (; i + kFoldLanes <= count; i += kFoldLanes) {
            BNRUN_INDEPENDENT_TURNS
            for (Index lane = 0; lane < kFoldLanes; ++lane) add(lane, i + lane);
        }
        for (Index lane = 0; i < count; ++i, ++lane) add(lane, i);
    });
    const auto total = [&sums](Sum sum) { return fold_row(sums[sum]); };
    double norms[kSums];
    for (const Sum sum : {kUpdate, kWeight, kGradient, kLastUpdate, kLastGradient}) norms[sum] = std::sqrt(total(sum));
    const auto name = static_cast<std::int64_t>(number) + 1;
    values.push_back({name, "update_norm", norms[kUpdate]});
    values.push_back({name, "update_ratio", norms[kUpdate] / norms[kWeight]});
    if (room.has_last) {
        values.push_back({name, "update_cosine", total(kUpdates) / (norms[kUpdate] * norms[kLastUpdate])});
        values.push_back({name, "gradient_cosine", total(kGradients) / (norms[kGradient] * norms[kLastGradient])});
    }
    room.has_last = true;
}

template <class T>
void Update<T>::exchange_state(StateExchange& exchange) {
    for (std::size_t i = 0; i < rooms_.size(); ++i) {
        const std::string prefix = fmt::format("observe.update.{}.", i);
        exchange.number(prefix + "has_last", rooms_[i].has_last);
        exchange.array(prefix + "update", rooms_[i].update);
        exchange.array(prefix + "gradient", rooms_[i].gradient);
    }
}

template class Update<float>;
template class Update<double>;

}  // namespace bnrun
