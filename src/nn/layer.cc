#include "nn/layer.h"

#include <algorithm>

#include "nn/activation.h"

namespace bnrun {

template <class T>
HiddenLayer<T>::HiddenLayer(Index in, Index out, const Config& config, bool is_last)
    : linear(in, out),
      activation_(config.model.activation),
      placement_(config.model.batch_norm.placement),
      fidelity_(config.fidelity),
      dropout_(config.model.dropout),
      is_last_(is_last) {
    if (config.model.batch_norm.enabled) batch_norm.emplace(out, config.model.batch_norm, config.fidelity);
}

template <class T>
bool HiddenLayer<T>::normalizes(Placement placement) const {
    return batch_norm.has_value() && placement_ == placement;
}

template <class T>
void HiddenLayer<T>::prepare(Index batch, Mode mode, Writes writes) {
    activations_.resize(units(), batch);
    if (batch_norm) batch_norm->resize(batch);
    if (mode == Mode::kTrain) {
        output_transposed_.resize(batch, units(), writes);
        ranges_.resize(static_cast<std::size_t>(units()));
    }
    dropping_ = mode == Mode::kTrain && dropout_ > 0;
    if (dropping_) {
        mask_.resize(units(), batch);
        dropped_.resize(units(), batch);
    }
}

template <class T>
void HiddenLayer<T>::normalize(const Matrix<T>& x, Matrix<T>& y, Mode mode, Rows rows) {
    if (mode == Mode::kInference) {
        batch_norm->infer(x, y, rows);
    } else {
        batch_norm->forward(x, y, rows);
    }
}

/// Taken here, whether or not the iteration is logged, since the values have just been computed: to read them again
/// later costs many times as much.
template <class T>
void HiddenLayer<T>::take_range(Rows rows) {
    const auto first = ranges_.begin() + rows.begin;
    std::fill(first, ranges_.begin() + rows.end, Range<T>{});
    *first =
        range_of(activations_.data() + rows.begin * activations_.cols(), (rows.end - rows.begin) * activations_.cols());
}

template <class T>
Range<T> HiddenLayer<T>::activation_range() const {
    Range<T> whole;
    for (const Range<T>& range : ranges_) whole.include(range);
    return whole;
}

template <class T>
void HiddenLayer<T>::drop(const DropoutPlace& place, const Matrix<T>& whole, Rows rows) {
    draw_dropout_mask(place, dropout_, mask_, rows);
    for (Index i = rows.begin * mask_.cols(); i < rows.end * mask_.cols(); ++i) {
        dropped_.data()[i] = whole.data()[i] * mask_.data()[i];
    }
}

template <class T>
void HiddenLayer<T>::forward(const Panels<T>& x, Mode mode, const DropoutPlace& place, Rows rows, Matrix<T>& sums,
                             Panels<T>& output) {
    linear.multiply_inputs(x, sums, rows);
    for_each_part(rows, [&](Rows part) { finish_forward(mode, place, part, sums, output); });
}

template <class T>
void HiddenLayer<T>::finish_forward(Mode mode, const DropoutPlace& place, Rows rows, Matrix<T>& sums,
                                    Panels<T>& output) {
    linear.add_bias(sums, rows);
    if (normalizes(Placement::kPreActivation)) normalize(sums, sums, mode, rows);
    activate(activation_, sums, activations_, rows);
    if (mode == Mode::kTrain) take_range(rows);
    const bool normalized_last = normalizes(Placement::kPostActivation);
    if (normalized_last) normalize(activations_, sums, mode, rows);
    const Matrix<T>& whole = normalized_last ? sums : activations_;
    if (dropping_) drop(place, whole, rows);
    const Matrix<T>& result = dropping_ ? dropped_ : whole;
    output.take(result, rows);
    if (mode == Mode::kTrain) output_transposed_.take_transposed(result, rows);
}

template <class T>
void HiddenLayer<T>::backward_dropout(Matrix<T>& d, Rows rows) const {
    const bool scaled = fidelity_ == Fidelity::kExact;
    for (Index i = rows.begin * d.cols(); i < rows.end * d.cols(); ++i) {
        const T mask = mask_.data()[i];
        d.data()[i] *= scaled ? mask : T(mask == T(0) ? 0 : 1);
    }
}

template <class T>
void HiddenLayer<T>::backward(Matrix<T>& d, Rows rows) {
    if (dropping_) backward_dropout(d, rows);
    if (normalizes(Placement::kPostActivation)) batch_norm->backward(d, rows);
    // The post's program takes the derivative at what dropout has already scaled.
    const bool at_dropped = dropping_ && fidelity_ == Fidelity::kPublished && !normalizes(Placement::kPostActivation);
    multiply_by_derivative(activation_, at_dropped ? dropped_ : activations_, d, rows);
    if (normalizes(Placement::kPreActivation)) batch_norm->backward(d, rows);
}

template <class T>
void HiddenLayer<T>::backward_linear(const Matrix<T>& d, const Panels<T>& x_transposed, Rows rows) {
    linear.backward(d, x_transposed, rows);
    if (!batch_norm) return;
    // BN subtracts the mean, and with it whatever shifts a unit alike in every sample: dLoss/d(shift) is 0. Rounding
    // would leave noise in its place, which rmsprop and adam turn into whole steps.
    const auto clear = [&](Matrix<T>& gradient) {
        std::fill(gradient.data() + rows.begin, gradient.data() + rows.end, T(0));
    };
    const bool is_linear = activation_ == Activation::kLinear;
    if (is_linear || placement_ == Placement::kPreActivation) clear(linear.bias_gradient);
    if (is_linear && !is_last_ && dropout_ == 0) clear(batch_norm->beta_gradient);
}

template class HiddenLayer<float>;
template class HiddenLayer<double>;
template class HiddenLayer<long double>;

}  // namespace bnrun
