// The scalar-generic matrix names that every floor shares.
#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace bnrun {

using Index = Eigen::Index;

/// Row-major, so that a row (one unit's weights) is contiguous.
template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T>
using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// A half-open range [begin, end) of rows, columns or panels.
struct IndexRange {
    Index begin = 0;
    Index end = 0;

    [[nodiscard]] Index size() const { return end - begin; }
    [[nodiscard]] bool empty() const { return begin >= end; }
};

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

}  // namespace bnrun
