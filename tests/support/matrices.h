// Matrices and slopes to test what computes with them.
#pragma once

#include "base/panels.h"
#include "base/random.h"
#include "base/types.h"

namespace bnrun {

/// @param number tells one matrix from another.
inline Matrix<double> normal_matrix(Index rows, Index columns, double mean, double deviation,
                                    std::uint32_t number = 0) {
    Random random(9, Stream::kCheck, number);
    Matrix<double> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = mean + deviation * random.normal();
    return matrix;
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
