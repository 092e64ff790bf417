// z = W x + b.
#pragma once

#include <vector>

#include "nn/layer.h"

namespace bnrun {

template <class T>
class Dense : public Layer<T> {
  public:
    Matrix<T> weight;  ///< (out, in)
    Matrix<T> bias;    ///< (out, 1)
    Matrix<T> weight_gradient;
    Matrix<T> bias_gradient;

    /// All zero.
    /// @param groups of samples whose gradients are summed apart: 1, or 2 where threads may share them out.
    Dense(Index in, Index out, int groups);

    [[nodiscard]] Index units() const override { return weight.rows(); }
    std::vector<NamedTensor<T>> tensors() override;
    [[nodiscard]] bool works_in_place() const override { return false; }
    [[nodiscard]] bool passes_shifts() const override { return true; }
    void make_shift_inert() override { bias_is_inert_ = true; }

    void begin_batch(const Batch& batch) override;
    /// z = W x + b; in training x is kept, too, transposed.
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& z) override;
    /// dx = W^T dz.
    void backward(const Panels<T>& z, const Panels<T>& dz, IndexRange panels, Panels<T>& dx) override;
    /// dW = dz x^T and db = sum of dz over the samples.
    void sum_gradients(const Panels<T>& dz, const GradientPart& part) override;

  private:
    void sum_bias_gradient(const Panels<T>& dz, const GradientPart& part, Matrix<T>& sums) const;

    Matrix<T> second_weight_;
    Matrix<T> second_bias_;
    Panels<T> x_transposed_;  ///< (samples, in)
    bool training_ = false;
    bool bias_is_inert_ = false;
};

}  // namespace bnrun
