#include "nn/layers/dense.h"

#include <algorithm>

#include "math/fold.h"
#include "math/gemm.h"

namespace bnrun {

template <class T>
Dense<T>::Dense(Index in, Index out, int groups)
    : weight(Matrix<T>::Zero(out, in)),
      bias(Matrix<T>::Zero(out, 1)),
      weight_gradient(Matrix<T>::Zero(out, in)),
      bias_gradient(Matrix<T>::Zero(out, 1)) {
    if (groups == 1) return;
    second_weight_ = weight_gradient;
    second_bias_ = bias_gradient;
}

template <class T>
std::vector<NamedTensor<T>> Dense<T>::tensors() {
    const bool apart = second_weight_.size() > 0;
    return {{"weight", &weight, &weight_gradient, apart ? &second_weight_ : nullptr, true, true},
            {"bias", &bias, &bias_gradient, apart ? &second_bias_ : nullptr, false, true}};
}

template <class T>
void Dense<T>::begin_batch(const Batch& batch) {
    training_ = batch.mode == Mode::kTrain;
    if (training_) x_transposed_.resize(batch.samples, weight.cols());
}

template <class T>
void Dense<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& z) {
    multiply(as_is(weight), x, bias.data(), z, panels);
    for (Index p = panels.begin; training_ && p < panels.end; ++p) x.transpose_panel(p, x_transposed_);
}

template <class T>
void Dense<T>::backward(const Panels<T>& /*z*/, const Panels<T>& dz, IndexRange panels, Panels<T>& dx) {
    multiply<T>(transposed(weight), dz, nullptr, dx, panels);
}

template <class T>
void Dense<T>::sum_gradients(const Panels<T>& dz, const GradientPart& part) {
    Matrix<T>& sums = part.second_group ? second_weight_ : weight_gradient;
    multiply_over_panels(dz, x_transposed_, part.panels, part.rows, part.add, sums);
    sum_bias_gradient(dz, part, part.second_group ? second_bias_ : bias_gradient);
}

/// Lane i sums the samples i, i + 16, …; then halves are added to halves.
template <class T>
void Dense<T>::sum_bias_gradient(const Panels<T>& dz, const GradientPart& part, Matrix<T>& sums) const {
    T* const out = sums.data();
    if (bias_is_inert_) {
        // Rounding would leave noise here, which rmsprop and adam turn into whole steps.
        std::fill(out + part.rows.begin, out + part.rows.end, T(0));
        return;
    }
    for (Index unit = part.rows.begin; unit < part.rows.end; ++unit) {
        T lanes[kFoldLanes] = {};
        for (Index p = part.panels.begin; p < part.panels.end; ++p) {
            const T* const row = dz.panel(p) + unit * dz.width(p);
            for (Index i = 0; i < dz.count(p); ++i) lanes[i] += row[i];
        }
        const T sum = fold_row(lanes);
        out[unit] = part.add ? sum + out[unit] : sum;
    }
}

template class Dense<float>;
template class Dense<double>;
template class Dense<long double>;

}  // namespace bnrun
