#include "train/quantities/distribution.h"

#include <array>
#include <cmath>

#include "math/reduce.h"
#include "math/simd.h"
#include "train/quantities/panel_values.h"

namespace bnrun {

namespace {

constexpr std::array<double, 9> kShares{0.001, 0.01, 0.05, 0.15, 0.5, 0.85, 0.95, 0.99, 0.999};

/// Mean, standard deviation, and the quantiles in the order of kShares.
using Names = std::array<const char*, 2 + kShares.size()>;
constexpr Names kInputValues{"input_mean", "input_sd",  "input_q0.1", "input_q1",  "input_q5",   "input_q15",
                             "input_q50",  "input_q85", "input_q95",  "input_q99", "input_q99.9"};
constexpr Names kOutputValues{"output_mean", "output_sd",  "output_q0.1", "output_q1",  "output_q5",   "output_q15",
                              "output_q50",  "output_q85", "output_q95",  "output_q99", "output_q99.9"};

std::array<QuantilePlace, kShares.size()> places_of(Index count) {
    const auto at = [=](std::size_t i) { return QuantilePlace(count, kShares[i]); };
    return {at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)};
}

/// mean = sum x / n, sd = sqrt(sum (x - mean)^2 / n)
template <class T>
void add_moments(const T* x, Index count, std::int64_t layer, const Names& names, LayerValues& values) {
    double mean = 0;
    double squares = 0;
    vectorized([&] {
        mean = lane_sum<double>(count, [=](Index i) { return static_cast<double>(x[i]); }) / static_cast<double>(count);
        squares = lane_sum<double>(count, [=](Index i) {
            const double deviation = static_cast<double>(x[i]) - mean;
            return deviation * deviation;
        });
    });
    values.push_back({layer, names[0], mean});
    values.push_back({layer, names[1], std::sqrt(squares / static_cast<double>(count))});
}

/// @param ordered the values at the places' two ranks each
template <class T>
void add_quantiles(const std::vector<T>& ordered, Index count, std::int64_t layer, const Names& names,
                   LayerValues& values) {
    const auto places = places_of(count);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto low = static_cast<double>(ordered[2 * i]);
        const auto high = static_cast<double>(ordered[2 * i + 1]);
        values.push_back({layer, names[2 + i], places[i].between(low, high)});
    }
}

std::vector<Index> ranks_of(Index count) {
    std::vector<Index> ranks;
    for (const QuantilePlace& place : places_of(count)) {
        ranks.push_back(place.below);
        ranks.push_back(place.above);
    }
    return ranks;
}

}  // namespace

template <class T>
void Distribution<T>::after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) {
    if (layer.activation == nullptr) return;
    Room& room = rooms_[number];
    const auto name = static_cast<std::int64_t>(number) + 1;
    const T* const input = values_of(*layer.input, room.input);
    const T* const output = values_of(*layer.output, room.output);
    const Index count = layer.input->rows() * layer.input->columns();
    const std::vector<Index> ranks = ranks_of(count);
    add_moments(input, count, name, kInputValues, values);
    std::vector<T> ordered = room.order.of(input, count, ranks);
    add_quantiles(ordered, count, name, kInputValues, values);
    add_moments(output, count, name, kOutputValues, values);
    // Where act never falls, the k-th smallest output is act of the k-th smallest input.
    if (!layer.activation->map_rising(ordered.data(), static_cast<Index>(ordered.size()))) {
        ordered = room.order.of(output, count, ranks);
    }
    add_quantiles(ordered, count, name, kOutputValues, values);
}

template class Distribution<float>;
template class Distribution<double>;

}  // namespace bnrun
