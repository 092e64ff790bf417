#include "nn/layer.h"

#include "base/transpose.h"
#include "nn/activation.h"

namespace bnrun {

template <class T>
HiddenLayer<T>::HiddenLayer(Index in, Index out, const Config& config)
    : linear(in, out),
      activation_(config.model.activation),
      placement_(config.model.batch_norm.placement),
      fidelity_(config.fidelity),
      dropout_(config.model.dropout) {
    if (config.model.batch_norm.enabled) batch_norm.emplace(out, config.model.batch_norm, config.fidelity);
}

template <class T>
bool HiddenLayer<T>::normalizes(Placement placement) const {
    return batch_norm.has_value() && placement_ == placement;
}

template <class T>
const Matrix<T>& HiddenLayer<T>::output() const {
    if (dropping_) return dropped_;
    return normalizes(Placement::kPostActivation) ? normalized_ : activations_;
}

template <class T>
void HiddenLayer<T>::prepare(Index batch, Mode mode) {
    sums_.resize(units(), batch);
    activations_.resize(units(), batch);
    if (batch_norm) {
        batch_norm->resize(batch);
        normalized_.resize(units(), batch);
    }
    if (mode == Mode::kTrain) output_transposed_.resize(batch, units());
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

template <class T>
void HiddenLayer<T>::drop(const DropoutPlace& place, Rows rows) {
    const Matrix<T>& kept = normalizes(Placement::kPostActivation) ? normalized_ : activations_;
    draw_dropout_mask(place, dropout_, mask_, rows);
    for (Index i = rows.begin * mask_.cols(); i < rows.end * mask_.cols(); ++i) {
        dropped_.data()[i] = kept.data()[i] * mask_.data()[i];
    }
}

template <class T>
void HiddenLayer<T>::forward(const Matrix<T>& x, Mode mode, const DropoutPlace& place, Rows rows) {
    linear.forward(x, sums_, rows);
    if (normalizes(Placement::kPreActivation)) {
        normalize(sums_, normalized_, mode, rows);
        activate(activation_, normalized_, activations_, rows);
    } else {
        activate(activation_, sums_, activations_, rows);
    }
    if (normalizes(Placement::kPostActivation)) normalize(activations_, normalized_, mode, rows);
    if (dropping_) drop(place, rows);
    if (mode == Mode::kTrain) transpose(output(), output_transposed_, rows);
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
    if (normalizes(Placement::kPostActivation)) batch_norm->backward(normalized_, d, rows);
    // The post's program takes the derivative at what dropout has already scaled.
    const bool at_dropped = dropping_ && fidelity_ == Fidelity::kPublished && !normalizes(Placement::kPostActivation);
    multiply_by_derivative(activation_, at_dropped ? dropped_ : activations_, d, rows);
    if (normalizes(Placement::kPreActivation)) batch_norm->backward(normalized_, d, rows);
}

template class HiddenLayer<float>;
template class HiddenLayer<double>;
template class HiddenLayer<long double>;

}  // namespace bnrun
