#include "train/quantities/weight.h"

#include <fmt/format.h>

#include <cmath>

#include "math/reduce.h"
#include "math/simd.h"
#include "math/spectral_norm.h"
#include "train/quantities/weights_in_effect.h"

namespace bnrun {

template <class T>
Weight<T>::Weight(const std::vector<LayerView<T>>& layers) : rooms_(layers.size()) {
    for (std::size_t i = 0; i < layers.size(); ++i) initial_.push_back(weights_in_effect(layers[i], rooms_[i]));
}

template <class T>
void Weight<T>::before_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) {
    const Matrix<T>& weights = weights_in_effect(layer, rooms_[number]);
    double norm = 0;
    double distance = 0;
    vectorized([&, w = weights.data(), initial = initial_[number].data(), count = weights.size()] {
        const auto square = [](double value) { return value * value; };
        norm = lane_sum<double>(count, [=](Index i) { return square(static_cast<double>(w[i])); });
        distance = lane_sum<double>(
            count, [=](Index i) { return square(static_cast<double>(w[i]) - static_cast<double>(initial[i])); });
    });
    const auto name = static_cast<std::int64_t>(number) + 1;
    values.push_back({name, "weight_norm", std::sqrt(norm)});
    values.push_back({name, "weight_spectral", spectral_norm(weights)});
    values.push_back({name, "weight_distance", std::sqrt(distance)});
}

template <class T>
void Weight<T>::exchange_state(StateExchange& exchange) {
    for (std::size_t i = 0; i < initial_.size(); ++i) {
        exchange.array(fmt::format("observe.weight.{}.initial", i), initial_[i]);
    }
}

template class Weight<float>;
template class Weight<double>;

}  // namespace bnrun
