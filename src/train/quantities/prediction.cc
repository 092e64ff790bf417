#include "train/quantities/prediction.h"

#include <cmath>
#include <utility>

#include "nn/mean_field.h"
#include "train/probe.h"

namespace bnrun {

template <class T>
Prediction<T>::Prediction(const Config& config, const std::vector<LayerPlan>& plan, std::vector<LayerView<T>> layers)
    : layers_(std::move(layers)), predicted_(predicted_factors(plan, config, std::nullopt)) {}

template <class T>
void Prediction<T>::after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) {
    if (number + 1 >= layers_.size()) return;
    const auto name = static_cast<std::int64_t>(number) + 1;
    if (!std::isnan(predicted_[number])) values.push_back({name, "predicted_factor", predicted_[number]});
    const auto norm = [](const Matrix<T>& gradient) { return gradient_norm(Norm::kFrobenius, gradient); };
    values.push_back({name, "measured_factor", norm(layer.gradient()) / norm(layers_[number + 1].gradient())});
}

template class Prediction<float>;
template class Prediction<double>;

}  // namespace bnrun
