// z = W x + b and its gradients.
#pragma once

#include "base/panels.h"
#include "base/types.h"

namespace bnrun {

template <class T>
struct Linear {
    Matrix<T> weight;           ///< (out, in)
    Matrix<T> bias;             ///< (out, 1)
    Matrix<T> weight_gradient;  ///< dLoss/dW
    Matrix<T> bias_gradient;

    Linear(Index in, Index out);

    /// z (out, batch) = weight x + bias, for x (in, batch), the given rows of z.
    void forward(const Panels<T>& x, Matrix<T>& z, Rows rows) const;
    /// Its two steps, for a layer that has more to do with rows that have just been touched.
    void multiply_inputs(const Panels<T>& x, Matrix<T>& z, Rows rows) const;
    void add_bias(Matrix<T>& z, Rows rows) const;

    /// dW = dz x^T and db = sum of dz over the batch, for dz (out, batch), x transposed (batch, in), rows of dW.
    void backward(const Matrix<T>& dz, const Panels<T>& x_transposed, Rows rows);
};

}  // namespace bnrun
