// z = W x + b.
#pragma once

#include "nn/layers/linear.h"

namespace bnrun {

template <class T>
class Dense : public Linear<T> {
  public:
    /// All zero.
    Dense(Index in, Index out, const LinearOptions& options = {});

    [[nodiscard]] Index units() const override { return this->weight.rows(); }
    [[nodiscard]] double multiply_adds() const override { return static_cast<double>(this->weight.size()); }
    [[nodiscard]] bool passes_shifts() const override { return true; }

    void begin_batch(const Batch& batch) override;
    /// z = W x + b; in training x is kept, too, transposed.
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& z) override;
    /// dx = W^T dz.
    void backward(const Panels<T>& x, const Panels<T>& z, const Panels<T>& dz, IndexRange panels,
                  Panels<T>& dx) override;
    /// dW = dz x^T and db = sum of dz over the samples: over each half of the panels by itself, then added.
    void sum_gradients(const Panels<T>& x, const Panels<T>& dz, IndexRange rows) override;

  private:
    Panels<T> x_transposed_;  ///< (samples, in)
    bool training_ = false;
};

}  // namespace bnrun
