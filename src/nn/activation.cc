#include "nn/activation.h"

#include "base/elementary.h"

namespace bnrun {

namespace {

template <class T, class Function>
void map(const Matrix<T>& x, Matrix<T>& y, Rows rows, Function function) {
    const T* in = x.data() + rows.begin * x.cols();
    T* out = y.data() + rows.begin * y.cols();
    const Index count = (rows.end - rows.begin) * x.cols();
    for (Index i = 0; i < count; ++i) out[i] = function(in[i]);
}

template <class T, class Derivative>
void scale(const Matrix<T>& y, Matrix<T>& d, Rows rows, Derivative derivative) {
    const T* output = y.data() + rows.begin * y.cols();
    T* gradient = d.data() + rows.begin * d.cols();
    const Index count = (rows.end - rows.begin) * y.cols();
    for (Index i = 0; i < count; ++i) gradient[i] *= derivative(output[i]);
}

}  // namespace

template <class T>
void activate(Activation activation, const Matrix<T>& x, Matrix<T>& y, Rows rows) {
    switch (activation) {
        case Activation::kSigmoid: return map(x, y, rows, [](T v) { return elementary::sigmoid(v); });
        case Activation::kTanh: return map(x, y, rows, [](T v) { return elementary::tanh(v); });
        case Activation::kTanhOpt:
            return map(x, y, rows, [](T v) { return T(kTanhOptScale) * elementary::tanh(T(kTanhOptSlope) * v); });
        // The comparisons let NaN through.
        case Activation::kRelu: return map(x, y, rows, [](T v) { return v <= T(0) ? T(0) : v; });
        case Activation::kLeakyRelu: return map(x, y, rows, [](T v) { return v <= T(0) ? T(kLeakySlope) * v : v; });
        case Activation::kLinear: return map(x, y, rows, [](T v) { return v; });
    }
}

template <class T>
void multiply_by_derivative(Activation activation, const Matrix<T>& y, Matrix<T>& d, Rows rows) {
    switch (activation) {
        case Activation::kSigmoid: return scale(y, d, rows, [](T v) { return v * (T(1) - v); });
        case Activation::kTanh: return scale(y, d, rows, [](T v) { return T(1) - v * v; });
        case Activation::kTanhOpt:
            return scale(y, d, rows, [](T v) {
                const T tanh = v / T(kTanhOptScale);
                return T(kTanhOptScale * kTanhOptSlope) * (T(1) - tanh * tanh);
            });
        case Activation::kRelu: return scale(y, d, rows, [](T v) { return v > T(0) ? T(1) : T(0); });
        case Activation::kLeakyRelu: return scale(y, d, rows, [](T v) { return v > T(0) ? T(1) : T(kLeakySlope); });
        case Activation::kLinear: return;
    }
}

#define BNRUN_ACTIVATIONS(T)                                                \
    template void activate(Activation, const Matrix<T>&, Matrix<T>&, Rows); \
    template void multiply_by_derivative(Activation, const Matrix<T>&, Matrix<T>&, Rows);
BNRUN_ACTIVATIONS(float)
BNRUN_ACTIVATIONS(double)
BNRUN_ACTIVATIONS(long double)

}  // namespace bnrun
