// z (channel, y, x) = sum of w times a window of x, and b (channel): a cross-correlation of images.
#pragma once

#include "math/convolution.h"
#include "nn/layers/linear.h"
#include "nn/net_plan.h"

namespace bnrun {

template <class T>
class Conv : public Linear<T> {
  public:
    /// All zero.
    explicit Conv(const LayerPlan& plan);

    [[nodiscard]] Index units() const override { return windows_.out.size(); }
    [[nodiscard]] double multiply_adds() const override {
        return static_cast<double>(this->weight.size() * windows_.out.positions());
    }
    /// At a border with zeros beyond, what shifts a channel's positions alike shifts the output's not alike.
    [[nodiscard]] bool passes_shifts() const override { return !windows_.has_padding(); }

    void begin_batch(const Batch& batch) override;
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& z) override;
    void backward(const Panels<T>& x, const Panels<T>& z, const Panels<T>& dz, IndexRange panels,
                  Panels<T>& dx) override;
    /// dW and db: sums over samples and positions.
    void sum_gradients(const Panels<T>& x, const Panels<T>& dz, IndexRange rows) override;

  private:
    ConvolutionWindows windows_;
    Panels<T> padded_;  ///< the input with its zeros, where there are any
};

}  // namespace bnrun
