// The scalar-generic matrix names that every floor shares.
#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace bnrun {

using Index = Eigen::Index;

/// Row-major, so that a row (one unit's values over the batch, or one unit's weights) is contiguous.
template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

template <class T>
using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// A half-open range [begin, end) of rows: the share of a layer's units that one thread works on.
struct Rows {
    Index begin = 0;
    Index end = 0;
};

}  // namespace bnrun
