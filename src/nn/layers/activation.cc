#include "nn/layers/activation.h"

#include <algorithm>

#include "math/functions.h"
#include "math/normal.h"
#include "math/simd.h"
#include "nn/layers/panel_range.h"

namespace bnrun {

namespace {

template <class T, class Function>
void map(const T* x, T* y, Index count, Function function) {
    BNRUN_INDEPENDENT_TURNS  // x and y are one or apart
        for (Index i = 0; i < count; ++i) y[i] = function(x[i]);
}

template <class T, class Derivative>
void scale(const T* from, T* d, Index count, Derivative derivative) {
    BNRUN_INDEPENDENT_TURNS
    for (Index i = 0; i < count; ++i) d[i] *= derivative(from[i]);
}

// Beyond a limit gelu and silu are 0 or x to the last place. There, x is cut off: infinity times 0 is NaN.

template <class T>
T at_least(T x, T limit) {
    return x < limit ? limit : x;
}

template <class T>
T within(T x, T limit) {
    const T low = at_least(x, -limit);
    return low > limit ? limit : low;
}

template <class T>
inline constexpr T kSiluLimit = static_cast<T>(std::is_same_v<T, float> ? 88 : 709);

template <class T>
T gelu(T x) {
    return at_least(x, -elementary::kNormalLimit<T>) * elementary::normal(x).distribution;
}

/// Phi(x) + x phi(x)
template <class T>
T gelu_derivative(T x) {
    const T near = within(x, elementary::kNormalLimit<T>);
    const elementary::Normal<T> normal = elementary::normal(near);
    return normal.distribution + near * normal.density;
}

template <class T>
T silu(T x) {
    return at_least(x, -kSiluLimit<T>) * elementary::sigmoid(x);
}

/// s + x s (1 - s), s = sigmoid(x)
template <class T>
T silu_derivative(T x) {
    const T near = within(x, kSiluLimit<T>);
    const T s = elementary::sigmoid(near);
    return s + near * (s * (T(1) - s));
}

template <class T>
T softplus(T x) {
    const T size = x < T(0) ? -x : x;
    return (x > T(0) ? x : T(0)) + elementary::log1p(elementary::exp(-size));
}

template <class T>
void activate_plainly(Activation activation, const T* x, T* y, Index count) {
    switch (activation) {
        case Activation::kSigmoid: return map(x, y, count, [](T v) { return elementary::sigmoid(v); });
        case Activation::kTanh: return map(x, y, count, [](T v) { return elementary::tanh(v); });
        case Activation::kTanhOpt:
            return map(x, y, count, [](T v) { return T(kTanhOptScale) * elementary::tanh(T(kTanhOptSlope) * v); });
        // The comparisons let NaN through.
        case Activation::kRelu: return map(x, y, count, [](T v) { return v <= T(0) ? T(0) : v; });
        case Activation::kLeakyRelu: return map(x, y, count, [](T v) { return v <= T(0) ? T(kLeakySlope) * v : v; });
        case Activation::kPrelu:  // a layer of its own, which learns
        case Activation::kLinear: return map(x, y, count, [](T v) { return v; });
        case Activation::kElu: return map(x, y, count, [](T v) { return v > T(0) ? v : elementary::expm1(v); });
        case Activation::kGelu: return map(x, y, count, [](T v) { return gelu(v); });
        case Activation::kSilu: return map(x, y, count, [](T v) { return silu(v); });
        case Activation::kSoftplus: return map(x, y, count, [](T v) { return softplus(v); });
    }
}

template <class T>
void multiply_by_derivative_plainly(Activation activation, const T* from, T* d, Index count) {
    switch (activation) {
        case Activation::kSigmoid: return scale(from, d, count, [](T v) { return v * (T(1) - v); });
        case Activation::kTanh: return scale(from, d, count, [](T v) { return T(1) - v * v; });
        case Activation::kTanhOpt:
            return scale(from, d, count, [](T v) {
                const T tanh = v / T(kTanhOptScale);
                return T(kTanhOptScale * kTanhOptSlope) * (T(1) - tanh * tanh);
            });
        case Activation::kRelu: return scale(from, d, count, [](T v) { return v > T(0) ? T(1) : T(0); });
        case Activation::kLeakyRelu: return scale(from, d, count, [](T v) { return v > T(0) ? T(1) : T(kLeakySlope); });
        case Activation::kPrelu:
        case Activation::kLinear: return;
        case Activation::kElu: return scale(from, d, count, [](T v) { return v > T(0) ? T(1) : T(1) + v; });
        case Activation::kGelu: return scale(from, d, count, [](T v) { return gelu_derivative(v); });
        case Activation::kSilu: return scale(from, d, count, [](T v) { return silu_derivative(v); });
        case Activation::kSoftplus: return scale(from, d, count, [](T v) { return -elementary::expm1(-v); });
    }
}

}  // namespace

template <class T>
void activate(Activation activation, const T* x, T* y, Index count) {
    vectorized([=] { activate_plainly(activation, x, y, count); });
}

template <class T>
void multiply_by_derivative(Activation activation, const T* from, T* d, Index count) {
    vectorized([=] { multiply_by_derivative_plainly(activation, from, d, count); });
}

template <class T>
void ActivationLayer<T>::begin_batch(const Batch& batch) {
    training_ = batch.mode == Mode::kTrain;
    if (training_) ranges_.resize(static_cast<std::size_t>(panels_of(batch.samples)));
}

template <class T>
void ActivationLayer<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        activate(activation_, x.panel(p), y.panel(p), units_ * x.width(p));
        // Taken whether or not the iteration is logged: the values have just been computed, and to read them again
        // later costs many times as much.
        if (training_) ranges_[static_cast<std::size_t>(p)] = range_of_panel(y, p);
    }
}

template <class T>
void ActivationLayer<T>::backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                                  Panels<T>& dx) {
    const Panels<T>& from = derivative_takes_input(activation_) ? x : y;
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index count = units_ * dx.width(p);
        if (!works_in_place()) std::copy_n(dy.panel(p), count, dx.panel(p));
        multiply_by_derivative(activation_, from.panel(p), dx.panel(p), count);
    }
}

template <class T>
std::optional<Range<T>> ActivationLayer<T>::activation_range() const {
    return whole_range(ranges_);
}

template <class T>
void ActivationLayer<T>::derivatives(const T* x, const T* y, Index count, T* derivatives) const {
    std::fill_n(derivatives, count, T(1));
    multiply_by_derivative(activation_, derivative_takes_input(activation_) ? x : y, derivatives, count);
}

template <class T>
bool ActivationLayer<T>::map_rising(T* x, Index count) const {
    if (derivative_takes_input(activation_)) return false;  // those that fall somewhere
    activate(activation_, x, x, count);
    return true;
}

/// gelu'' = (2 - x^2) phi(x) is 0 at sqrt 2; silu'' where x tanh(x / 2) = 2, at 2.39936.
template <class T>
double ActivationLayer<T>::largest_derivative() const {
    switch (activation_) {
        case Activation::kSigmoid: return 0.25;
        case Activation::kTanhOpt: return kTanhOptScale * kTanhOptSlope;
        case Activation::kGelu: return 1.1289041451851547;
        case Activation::kSilu: return 1.099839320128867;
        default: return 1;
    }
}

template void activate(Activation, const float*, float*, Index);
template void activate(Activation, const double*, double*, Index);
template void activate(Activation, const long double*, long double*, Index);
template void multiply_by_derivative(Activation, const float*, float*, Index);
template void multiply_by_derivative(Activation, const double*, double*, Index);
template void multiply_by_derivative(Activation, const long double*, long double*, Index);
template class ActivationLayer<float>;
template class ActivationLayer<double>;
template class ActivationLayer<long double>;

}  // namespace bnrun
