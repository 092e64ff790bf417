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
    Dense(Index in, Index out);

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
    /// dW = dz x^T and db = sum of dz over the samples: over each half of the panels by itself, then added.
    void sum_gradients(const Panels<T>& dz, IndexRange rows) override;

  private:
    void sum_bias_gradient(const Panels<T>& dz, IndexRange panels, IndexRange rows, bool add);

    Panels<T> x_transposed_;  ///< (samples, in)
    bool training_ = false;
    bool bias_is_inert_ = false;
};

}  // namespace bnrun
