#include "nn/layers/conv.h"

namespace bnrun {

template <class T>
Conv<T>::Conv(const LayerPlan& plan)
    : Linear<T>(plan.out.channels, plan.in.channels * plan.config.kernel[0] * plan.config.kernel[1],
                {plan.config.bias, plan.config.normalization->kind == Normalization::kWeight}, plan.weight_shape()),
      windows_(plan.in, plan.out, {plan.config.kernel[0], plan.config.kernel[1]}, plan.config.stride, plan.padding()) {}

template <class T>
void Conv<T>::begin_batch(const Batch& batch) {
    Linear<T>::begin_batch(batch);
    if (windows_.has_padding()) padded_.resize(windows_.padded.size(), batch.samples);
}

template <class T>
void Conv<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& z) {
    const Panels<T>& padded = windows_.has_padding() ? padded_ : x;
    for (Index p = panels.begin; windows_.has_padding() && p < panels.end; ++p) pad_panel(windows_, x, p, padded_);
    convolve(windows_, this->weights(), this->bias_data(), padded, panels, z);
}

template <class T>
void Conv<T>::backward(const Panels<T>& /*x*/, const Panels<T>& /*z*/, const Panels<T>& dz, IndexRange panels,
                       Panels<T>& dx) {
    convolve_backward(windows_, this->weights(), dz, panels, dx);
}

template <class T>
void Conv<T>::sum_gradients(const Panels<T>& x, const Panels<T>& dz, IndexRange rows) {
    sum_weight_gradient(windows_, windows_.has_padding() ? padded_ : x, dz, rows, this->weights_gradient());
    this->sum_bias_gradient(dz, {0, dz.panels()}, rows, false);
    this->normalize_gradient(rows);
}

template class Conv<float>;
template class Conv<double>;
template class Conv<long double>;

}  // namespace bnrun
