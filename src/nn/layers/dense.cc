#include "nn/layers/dense.h"

#include <algorithm>

#include "math/fold.h"
#include "math/gemm.h"

namespace bnrun {

namespace {

/// Of a batch's panels, whose gradients are summed apart. Fixed, so that the sums do not depend on threads.
constexpr Index kGroups = 2;

}  // namespace

template <class T>
Dense<T>::Dense(Index in, Index out)
    : weight(Matrix<T>::Zero(out, in)),
      bias(Matrix<T>::Zero(out, 1)),
      weight_gradient(Matrix<T>::Zero(out, in)),
      bias_gradient(Matrix<T>::Zero(out, 1)) {}

template <class T>
std::vector<NamedTensor<T>> Dense<T>::tensors() {
    return {{"weight", &weight, &weight_gradient, true, true}, {"bias", &bias, &bias_gradient, false, true}};
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
void Dense<T>::sum_gradients(const Panels<T>& dz, IndexRange rows) {
    for (Index group = 0; group < kGroups; ++group) {
        const IndexRange panels = panels_of_part(dz.columns(), group, kGroups);
        if (panels.empty()) continue;
        multiply_over_panels(dz, x_transposed_, panels, rows, group > 0, weight_gradient);
        sum_bias_gradient(dz, panels, rows, group > 0);
    }
}

/// Lane i sums the samples i, i + 16, …; then halves are added to halves.
template <class T>
void Dense<T>::sum_bias_gradient(const Panels<T>& dz, IndexRange panels, IndexRange rows, bool add) {
    T* const out = bias_gradient.data();
    if (bias_is_inert_) {
        // Rounding would leave noise here, which rmsprop and adam turn into whole steps.
        std::fill(out + rows.begin, out + rows.end, T(0));
        return;
    }
    for (Index unit = rows.begin; unit < rows.end; ++unit) {
        T lanes[kFoldLanes] = {};
        for (Index p = panels.begin; p < panels.end; ++p) {
            const T* const row = dz.panel(p) + unit * dz.width(p);
            for (Index i = 0; i < dz.count(p); ++i) lanes[i] += row[i];
        }
        const T sum = fold_row(lanes);
        out[unit] = add ? sum + out[unit] : sum;
    }
}

template class Dense<float>;
template class Dense<double>;
template class Dense<long double>;

}  // namespace bnrun
