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

/// y = act(x). y may be x.
template <class T>
void activate(Activation activation, const T* x, T* y, Index count);

/// d *= act'(x), given y = act(x). relu' is 0 and leaky_relu' is 0.01 at x = 0.
template <class T>
void multiply_by_derivative(Activation activation, const T* y, T* d, Index count);

template <class T>
class ActivationLayer : public Layer<T> {
  public:
    ActivationLayer(Index units, Activation activation) : units_(units), activation_(activation) {}

    [[nodiscard]] Index units() const override { return units_; }
    [[nodiscard]] bool keeps_output() const override { return true; }
    [[nodiscard]] bool passes_shifts() const override { return activation_ == Activation::kLinear; }

    void begin_batch(const Batch& batch) override;
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    /// dx = dy act'(x), which follows from y.
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;

    [[nodiscard]] std::optional<Range<T>> activation_range() const override;

  private:
    Index units_;
    Activation activation_;
    bool training_ = false;
    std::vector<Range<T>> ranges_;  ///< of each panel
};

}  // namespace bnrun
