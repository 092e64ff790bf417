#include "nn/linear.h"

#include "base/product.h"
#include "nn/lane_sum.h"

namespace bnrun {

template <class T>
Linear<T>::Linear(Index in, Index out)
    : weight(Matrix<T>::Zero(out, in)),
      bias(Matrix<T>::Zero(out, 1)),
      weight_gradient(Matrix<T>::Zero(out, in)),
      bias_gradient(Matrix<T>::Zero(out, 1)) {}

template <class T>
void Linear<T>::forward(const Panels<T>& x, Matrix<T>& z, Rows rows) const {
    multiply_inputs(x, z, rows);
    add_bias(z, rows);
}

template <class T>
void Linear<T>::multiply_inputs(const Panels<T>& x, Matrix<T>& z, Rows rows) const {
    multiply(as_is(weight), x, z, rows);
}

template <class T>
void Linear<T>::add_bias(Matrix<T>& z, Rows rows) const {
    for (Index unit = rows.begin; unit < rows.end; ++unit) {
        T* row = z.data() + unit * z.cols();
        const T offset = bias.data()[unit];
        for (Index i = 0; i < z.cols(); ++i) row[i] += offset;
    }
}

template <class T>
void Linear<T>::backward(const Matrix<T>& dz, const Panels<T>& x_transposed, Rows rows) {
    multiply(as_is(dz), x_transposed, weight_gradient, rows);
    for (Index unit = rows.begin; unit < rows.end; ++unit) {
        const T* row = dz.data() + unit * dz.cols();
        bias_gradient.data()[unit] = lane_sum<T>(dz.cols(), [row](Index i) { return row[i]; });
    }
}

template struct Linear<float>;
template struct Linear<double>;
template struct Linear<long double>;

}  // namespace bnrun
