// The right operand of a product, stored the way the kernel reads it: vectors side by side in panels of a few columns.
#pragma once

#include <utility>
#include <vector>

#include "base/types.h"
#include "base/vector_pack.h"

namespace bnrun {

/// How panels are written: into this core's caches, or past them into memory.
enum class Writes { kCached, kStreamed };

/// The faster of the two where so many threads read what each writes. A line that another core holds is dear to write;
/// on AMD's processors (Zen 5) streaming it is faster, on Intel's (Sapphire Rapids) slower (results/performance.md).
Writes fastest_writes(int threads);

/// Some rows and columns of a matrix: the first value of the first row is at `data`, the next row's `step` behind it.
template <class T>
struct MatrixPart {
    const T* data;
    Index step;
    Rows rows;
    Rows columns;
};

template <class T>
class Panels {
  public:
    static constexpr Index kWidest = 2 * kLanes<T>;  ///< columns of a panel, except the last one's

    Panels() = default;
    explicit Panels(const Matrix<T>& matrix);

    /// Values are undefined until taken. Other threads may take and read after this.
    /// @param writes how `take` and `take_transposed` write from now on.
    void resize(Index rows, Index columns, Writes writes = Writes::kCached);

    [[nodiscard]] Index rows() const { return rows_; }
    [[nodiscard]] Index columns() const { return columns_; }

    /// Takes a part of a matrix (rows, columns) whose columns begin at a multiple of kWidest.
    void take(const MatrixPart<T>& part);
    void take(const Matrix<T>& matrix, Rows rows) { take(rows_of(matrix, rows)); }
    /// Takes a part of a matrix (columns, rows): its rows as columns.
    void take_transposed(const MatrixPart<T>& part);
    void take_transposed(const Matrix<T>& matrix, Rows rows) { take_transposed(rows_of(matrix, rows)); }

    /// Values of the panel that starts with column `first`, a multiple of kWidest: row after row, `width(first)` each.
    [[nodiscard]] const T* panel(Index first) const { return data() + first * rows_; }
    /// kWidest, or half of it or a quarter where that holds the columns that are left.
    [[nodiscard]] Index width(Index first) const;

    [[nodiscard]] T operator()(Index row, Index column) const { return *at(row, column); }

  private:
    static constexpr Index kLine = 64 / static_cast<Index>(sizeof(T));  ///< values in a cache line
    struct alignas(64) Line {
        T values[static_cast<std::size_t>(kLine)];
    };

    static MatrixPart<T> rows_of(const Matrix<T>& matrix, Rows rows) {
        return {matrix.data() + rows.begin * matrix.cols(), matrix.cols(), rows, {0, matrix.cols()}};
    }
    [[nodiscard]] const T* data() const { return lines_.empty() ? nullptr : lines_.front().values; }
    [[nodiscard]] const T* at(Index row, Index column) const;
    T* at(Index row, Index column) { return const_cast<T*>(std::as_const(*this).at(row, column)); }

    Index rows_ = 0;
    Index columns_ = 0;
    Writes writes_ = Writes::kCached;
    std::vector<Line> lines_;
};

}  // namespace bnrun
