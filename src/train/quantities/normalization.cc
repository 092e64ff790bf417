#include "train/quantities/normalization.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace bnrun {

namespace {

template <class T>
Vector<double> as_vector(const Matrix<T>& column) {
    return column.reshaped().template cast<double>();
}

double stddev(const Vector<double>& values) { return std::sqrt((values.array() - values.mean()).square().mean()); }

double root_mean_square(const Vector<double>& values) { return std::sqrt(values.array().square().mean()); }

template <class T>
void add_scale(const NamedTensor<T>* scale, std::int64_t layer, const std::array<const char*, 4>& names,
               LayerValues& values) {
    if (scale == nullptr) return;
    const Vector<double> of_units = as_vector(*scale->value);
    values.push_back({layer, names[0], of_units.mean()});
    values.push_back({layer, names[1], stddev(of_units)});
    values.push_back({layer, names[2], of_units.minCoeff()});
    values.push_back({layer, names[3], of_units.maxCoeff()});
}

}  // namespace

template <class T>
NormalizationValues<T>::NormalizationValues(const std::vector<LayerView<T>>& layers) : last_(layers.size()) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (layers[i].batch_norm == nullptr) continue;
        last_[i].mean.setZero(layers[i].mean->value->size());
        last_[i].deviation.setZero(layers[i].mean->value->size());
    }
}

template <class T>
void NormalizationValues<T>::before_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) {
    const auto name = static_cast<std::int64_t>(number) + 1;
    add_scale(layer.gamma, name, {"gamma_mean", "gamma_sd", "gamma_min", "gamma_max"}, values);
    add_scale(layer.beta, name, {"beta_mean", "beta_sd", "beta_min", "beta_max"}, values);
    if (layer.batch_norm == nullptr) return;
    const BatchStatistics<T> batch = layer.batch_norm->batch_statistics().value();
    const Vector<double> mean = batch.mean.template cast<double>();
    const Vector<double> deviation = batch.variance.template cast<double>().array().sqrt();
    values.push_back({name, "batch_mean_mean", mean.mean()});
    values.push_back({name, "batch_mean_sd", stddev(mean)});
    values.push_back({name, "batch_sd_mean", deviation.mean()});
    values.push_back({name, "batch_sd_sd", stddev(deviation)});
    Last& last = last_[number];
    if (last.is_there) {
        values.push_back({name, "batch_mean_change", root_mean_square(mean - last.mean)});
        values.push_back({name, "batch_sd_change", root_mean_square(deviation - last.deviation)});
    }
    const Vector<double> inference = as_vector(*layer.variance->value).array().sqrt();
    values.push_back({name, "inference_mean_distance", root_mean_square(mean - as_vector(*layer.mean->value))});
    values.push_back({name, "inference_sd_distance", root_mean_square(deviation - inference)});
    last = {mean, deviation, true};
}

template <class T>
void NormalizationValues<T>::after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) {
    const auto name = static_cast<std::int64_t>(number) + 1;
    const auto add = [&](const NamedTensor<T>* scale, const char* quantity) {
        if (scale != nullptr) values.push_back({name, quantity, as_vector(*scale->gradient).norm()});
    };
    add(layer.gamma, "gamma_gradient");
    add(layer.beta, "beta_gradient");
}

template <class T>
void NormalizationValues<T>::exchange_state(StateExchange& exchange) {
    for (std::size_t i = 0; i < last_.size(); ++i) {
        if (last_[i].mean.size() == 0) continue;
        const std::string prefix = fmt::format("observe.normalization.{}.", i);
        exchange.number(prefix + "is_there", last_[i].is_there);
        exchange.array(prefix + "mean", last_[i].mean);
        exchange.array(prefix + "deviation", last_[i].deviation);
    }
}

template class NormalizationValues<float>;
template class NormalizationValues<double>;

}  // namespace bnrun
