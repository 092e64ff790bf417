// The matrix product that nearly all of a run's time is spent in.
#pragma once

#include "base/panels.h"
#include "base/types.h"

namespace bnrun {

/// A matrix to be read by rows or by columns: entry (i, k) is data[i * row_step + k * column_step].
template <class T>
struct Strided {
    const T* data;
    Index row_step;
    Index column_step;
};

template <class T>
Strided<T> as_is(const Matrix<T>& matrix) {
    return {matrix.data(), matrix.cols(), 1};
}

template <class T>
Strided<T> transposed(const Matrix<T>& matrix) {
    return {matrix.data(), 1, matrix.cols()};
}

/// Rows of c (m, n) = a (m, depth) times b (depth, n). Every entry is a chain of fused multiply-adds over k = 0, 1, …
/// that starts from 0, whatever the rows asked for: the result does not depend on threads or vector width.
template <class T>
void multiply(const Strided<T>& a, const Panels<T>& b, Matrix<T>& c, Rows rows);

/// The same, written plainly: what `multiply` is tested against.
template <class T>
void multiply_plainly(const Strided<T>& a, const Matrix<T>& b, Matrix<T>& c, Rows rows);

}  // namespace bnrun
