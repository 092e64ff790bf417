#include "nn/layers/linear.h"

#include <algorithm>
#include <utility>

#include "math/fold.h"

namespace bnrun {

template <class T>
Linear<T>::Linear(Index channels, Index columns, const LinearOptions& options, std::vector<std::int64_t> file_shape)
    : weight(Matrix<T>::Zero(channels, columns)),
      bias(Matrix<T>::Zero(options.bias ? channels : 0, 1)),
      weight_gradient(Matrix<T>::Zero(channels, columns)),
      bias_gradient(bias),
      file_shape_(std::move(file_shape)) {
    if (options.weight_norm) norm_.emplace(channels, columns);
}

template <class T>
std::vector<NamedTensor<T>> Linear<T>::tensors() {
    std::vector<NamedTensor<T>> list{{"weight", &weight, &weight_gradient, true, true, file_shape_}};
    if (norm_) list.back().weight_gradient = &norm_->weight_gradient;
    if (bias.size() > 0) list.push_back({.name = "bias", .value = &bias, .gradient = &bias_gradient, .is_bias = true});
    if (norm_) list.push_back({"magnitude", &norm_->magnitude, &norm_->magnitude_gradient});
    return list;
}

template <class T>
void Linear<T>::begin_batch(const Batch& /*batch*/) {
    if (norm_) norm_->apply(weight);
}

template <class T>
void Linear<T>::normalize_gradient(IndexRange rows) {
    if (norm_) norm_->back_propagate(weight, rows, weight_gradient);
}

template <class T>
void Linear<T>::sum_bias_gradient(const Panels<T>& dz, IndexRange panels, IndexRange rows, bool add) {
    if (bias.size() == 0) return;
    T* const out = bias_gradient.data();
    if (bias_is_inert_) {
        // Rounding would leave noise here, which rmsprop and adam turn into whole steps.
        std::fill(out + rows.begin, out + rows.end, T(0));
        return;
    }
    const Index positions = this->units() / parameter_rows();
    for (Index channel = rows.begin; channel < rows.end; ++channel) {
        T lanes[kFoldLanes] = {};
        for (Index p = panels.begin; p < panels.end; ++p) {
            const T* row = dz.panel(p) + channel * positions * dz.width(p);
            T sums[kFoldLanes] = {};
            for (Index position = 0; position < positions; ++position, row += dz.width(p)) {
                for (Index i = 0; i < dz.count(p); ++i) sums[i] += row[i];
            }
            for (Index i = 0; i < dz.count(p); ++i) lanes[i] += sums[i];
        }
        const T sum = fold_row(lanes);
        out[channel] = add ? sum + out[channel] : sum;
    }
}

template class Linear<float>;
template class Linear<double>;
template class Linear<long double>;

}  // namespace bnrun
