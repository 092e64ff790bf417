// w = g v / |v| for each row v of a weight: its length is learned apart from its direction (Salimans and Kingma 2016).
#pragma once

#include "math/matrix.h"
#include "nn/layer.h"

namespace bnrun {

/// w from v (rows, columns) and g (rows, 1). A row of zeros stays one.
/// @param inverse_length 1 / |v| of each row, or 0
template <class T>
void normalize_rows(const Matrix<T>& v, const Matrix<T>& magnitude, Matrix<T>& w, Vector<T>& inverse_length);

template <class T>
class WeightNorm {
  public:
    Matrix<T> magnitude;  ///< g (rows, 1)
    Matrix<T> magnitude_gradient;
    Matrix<T> weight;           ///< w (rows, columns), which the layer computes with
    Matrix<T> weight_gradient;  ///< dLoss/dw

    /// All zero.
    WeightNorm(Index rows, Index columns);

    /// w from v.
    void apply(const Matrix<T>& v) { normalize_rows(v, magnitude, weight, inverse_length_); }

    /// With u = v / |v|: dg = dw u, dv = g / |v| (dw - dg u), for the given rows, from `weight_gradient`.
    void back_propagate(const Matrix<T>& v, IndexRange rows, Matrix<T>& dv);

  private:
    Vector<T> inverse_length_;  ///< 1 / |v|, or 0
};

}  // namespace bnrun
