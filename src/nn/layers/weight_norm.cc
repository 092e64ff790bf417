#include "nn/layers/weight_norm.h"

#include <cmath>

#include "math/reduce.h"

namespace bnrun {

template <class T>
void normalize_rows(const Matrix<T>& v, const Matrix<T>& magnitude, Matrix<T>& w, Vector<T>& inverse_length) {
    w.resize(v.rows(), v.cols());
    inverse_length.resize(v.rows());
    for (Index row = 0; row < v.rows(); ++row) {
        const T* const from = v.data() + row * v.cols();
        const T square = lane_sum<T>(v.cols(), [=](Index k) { return from[k] * from[k]; });
        inverse_length[row] = square > 0 ? T(1) / std::sqrt(square) : T(0);
        const T factor = magnitude.data()[row] * inverse_length[row];
        T* const to = w.data() + row * v.cols();
        for (Index k = 0; k < v.cols(); ++k) to[k] = factor * from[k];
    }
}

template <class T>
WeightNorm<T>::WeightNorm(Index rows, Index columns)
    : magnitude(Matrix<T>::Zero(rows, 1)),
      magnitude_gradient(Matrix<T>::Zero(rows, 1)),
      weight(Matrix<T>::Zero(rows, columns)),
      weight_gradient(Matrix<T>::Zero(rows, columns)),
      inverse_length_(Vector<T>::Zero(rows)) {}

template <class T>
void WeightNorm<T>::back_propagate(const Matrix<T>& v, IndexRange rows, Matrix<T>& dv) {
    for (Index row = rows.begin; row < rows.end; ++row) {
        const T* const direction = v.data() + row * v.cols();
        const T* const dw = weight_gradient.data() + row * v.cols();
        const T inverse = inverse_length_[row];
        const T dg = inverse * lane_sum<T>(v.cols(), [=](Index k) { return dw[k] * direction[k]; });
        magnitude_gradient.data()[row] = dg;
        const T factor = magnitude.data()[row] * inverse;
        T* const to = dv.data() + row * v.cols();
        for (Index k = 0; k < v.cols(); ++k) to[k] = factor * (dw[k] - dg * inverse * direction[k]);
    }
}

template void normalize_rows(const Matrix<float>&, const Matrix<float>&, Matrix<float>&, Vector<float>&);
template void normalize_rows(const Matrix<double>&, const Matrix<double>&, Matrix<double>&, Vector<double>&);
template void normalize_rows(const Matrix<long double>&, const Matrix<long double>&, Matrix<long double>&,
                             Vector<long double>&);
template class WeightNorm<float>;
template class WeightNorm<double>;
template class WeightNorm<long double>;

}  // namespace bnrun
