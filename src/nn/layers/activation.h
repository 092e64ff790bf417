// y = act(x) for each unit and sample, and the range of what came out.
#pragma once

#include <vector>

#include "base/config.h"
#include "math/reduce.h"
#include "nn/layer.h"

namespace bnrun {

inline constexpr double kLeakySlope = 0.01;
inline constexpr double kTanhOptScale = 1.7159;  ///< LeCun et al., "Efficient BackProp", 1998
inline constexpr double kTanhOptSlope = 2.0 / 3;

/// y = act(x). y may be x. NaN stays NaN.
/// elu (Clevert et al. 2016): x above 0, else e^x - 1. gelu (Hendrycks and Gimpel 2016): x Phi(x), Phi the normal
/// distribution. silu: x sigmoid(x). softplus: ln(1 + e^x) as max(x, 0) + ln(1 + e^-|x|), which neither overflows nor
/// loses what is small.
template <class T>
void activate(Activation activation, const T* x, T* y, Index count);

/// Whether act'(x) takes x, as it does not follow from y: gelu and silu have two x for a y.
[[nodiscard]] constexpr bool derivative_takes_input(Activation activation) {
    return activation == Activation::kGelu || activation == Activation::kSilu;
}

/// d *= act'(x). relu' is 0 and leaky_relu' is 0.01 at x = 0. softplus' is 1 - e^-y, to the last places of a small y.
/// @param from x where derivative_takes_input, else y.
template <class T>
void multiply_by_derivative(Activation activation, const T* from, T* d, Index count);

template <class T>
class ActivationLayer : public Layer<T> {
  public:
    ActivationLayer(Index units, Activation activation) : units_(units), activation_(activation) {}

    [[nodiscard]] Index units() const override { return units_; }
    [[nodiscard]] bool keeps_output() const override { return !derivative_takes_input(activation_); }
    [[nodiscard]] bool works_in_place() const override { return !derivative_takes_input(activation_); }
    [[nodiscard]] bool passes_shifts() const override { return activation_ == Activation::kLinear; }

    void begin_batch(const Batch& batch) override;
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    /// dx = dy act'(x).
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;

    [[nodiscard]] std::optional<Range<T>> activation_range() const override;
    void derivatives(const T* x, const T* y, Index count, T* derivatives) const override;
    bool map_rising(T* x, Index count) const override;
    [[nodiscard]] double largest_derivative() const override;

  private:
    Index units_;
    Activation activation_;
    bool training_ = false;
    std::vector<Range<T>> ranges_;  ///< of each panel
};

}  // namespace bnrun
