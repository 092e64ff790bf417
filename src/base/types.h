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

inline constexpr Index kPartRows = 16;

/// Calls work(part) for consecutive parts of the rows, so few that several passes over a part find it in the nearest
/// cache. A part ends at a multiple of kPartRows, which fills whole cache lines where rows become columns.
template <class Work>
void for_each_part(Rows rows, Work work) {
    while (rows.begin < rows.end) {
        const Index end = rows.begin / kPartRows * kPartRows + kPartRows;
        work(Rows{rows.begin, end < rows.end ? end : rows.end});
        rows.begin = end;
    }
}

}  // namespace bnrun
