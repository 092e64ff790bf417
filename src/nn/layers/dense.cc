#include "nn/layers/dense.h"

#include "math/gemm.h"

namespace bnrun {

namespace {

/// Of a batch's panels, whose gradients are summed apart. Fixed, so that the sums do not depend on threads.
constexpr Index kGroups = 2;

}  // namespace

template <class T>
Dense<T>::Dense(Index in, Index out, const LinearOptions& options) : Linear<T>(out, in, options) {}

template <class T>
void Dense<T>::begin_batch(const Batch& batch) {
    Linear<T>::begin_batch(batch);
    training_ = batch.mode == Mode::kTrain;
    if (training_) x_transposed_.resize(batch.samples, this->weight.cols());
}

template <class T>
void Dense<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& z) {
    multiply(as_is(this->weights()), x, this->bias_data(), z, panels);
    for (Index p = panels.begin; training_ && p < panels.end; ++p) x.transpose_panel(p, x_transposed_);
}

template <class T>
void Dense<T>::backward(const Panels<T>& /*x*/, const Panels<T>& /*z*/, const Panels<T>& dz, IndexRange panels,
                        Panels<T>& dx) {
    multiply<T>(transposed(this->weights()), dz, nullptr, dx, panels);
}

template <class T>
void Dense<T>::sum_gradients(const Panels<T>& /*x*/, const Panels<T>& dz, IndexRange rows) {
    for (Index group = 0; group < kGroups; ++group) {
        const IndexRange panels = panels_of_part(dz.columns(), group, kGroups);
        if (panels.empty()) continue;
        multiply_over_panels(dz, x_transposed_, panels, rows, group > 0, this->weights_gradient());
        this->sum_bias_gradient(dz, panels, rows, group > 0);
    }
    this->normalize_gradient(rows);
}

template class Dense<float>;
template class Dense<double>;
template class Dense<long double>;

}  // namespace bnrun
