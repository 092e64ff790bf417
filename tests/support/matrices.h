// Matrices and slopes to test what computes with them.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <type_traits>

#include "math/matrix.h"
#include "math/panels.h"
#include "math/random.h"

namespace bnrun {

/// What matrices are of: the first two in programs, the third where gradients are checked.
using Scalars = testing::Types<float, double, long double>;
using FastScalars = testing::Types<float, double>;

/// @param number tells one matrix from another.
inline Matrix<double> normal_matrix(Index rows, Index columns, double mean, double deviation,
                                    std::uint32_t number = 0) {
    Random random(9, Stream::kCheck, number);
    Matrix<double> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = mean + deviation * random.normal();
    return matrix;
}

/// Whether two matrices have the same shape and the same bytes, and not only equal values.
template <class T>
bool same_bits(const Matrix<T>& a, const Matrix<T>& b) {
    if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
    if constexpr (std::is_same_v<T, long double>) {
        return a == b;  // the type has bytes that hold nothing
    } else {
        return std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(T)) == 0;
    }
}

/// The matrix in panels, with NaN in the places of a panel that are of no sample: whoever reads them shows it.
template <class T>
Panels<T> poisoned_panels(const Matrix<T>& matrix) {
    Panels<T> panels(matrix);
    for (Index p = 0; p < panels.panels(); ++p) {
        for (Index row = 0; row < panels.rows(); ++row) {
            for (Index i = panels.count(p); i < panels.width(p); ++i) {
                panels.panel(p)[row * panels.width(p) + i] = std::numeric_limits<T>::quiet_NaN();
            }
        }
    }
    return panels;
}

template <class T>
Matrix<T> values_in(const Panels<T>& panels) {
    Matrix<T> values(panels.rows(), panels.columns());
    for (Index i = 0; i < values.rows(); ++i) {
        for (Index j = 0; j < values.cols(); ++j) values(i, j) = panels(i, j);
    }
    return values;
}

/// The slope of value() along each entry of a matrix that it depends on, by central differences.
template <class Value>
Matrix<double> slopes(Matrix<double>& matrix, Value value) {
    constexpr double kStep = 1e-5;
    Matrix<double> found(matrix.rows(), matrix.cols());
    for (Index i = 0; i < matrix.size(); ++i) {
        const double kept = matrix.data()[i];
        matrix.data()[i] = kept + kStep;
        const double above = value();
        matrix.data()[i] = kept - kStep;
        const double below = value();
        matrix.data()[i] = kept;
        found.data()[i] = (above - below) / (2 * kStep);
    }
    return found;
}

/// The largest difference of two entries in the same place.
inline double distance(const Matrix<double>& a, const Matrix<double>& b) { return (a - b).cwiseAbs().maxCoeff(); }

}  // namespace bnrun
