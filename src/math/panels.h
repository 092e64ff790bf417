// A matrix stored the way products read and write it: panels of sixteen columns, row after row.
#pragma once

#include <utility>
#include <vector>

#include "math/matrix.h"

namespace bnrun {

inline constexpr Index kPanelWidth = 16;

/// Panels that so many columns make.
inline Index panels_of(Index columns) { return (columns + kPanelWidth - 1) / kPanelWidth; }

/// Panels of 16 columns, which is the same on every machine; the last one is half as wide where that holds the columns
/// that are left. In a panel, a row's values are side by side, and the next row's follow.
template <class T>
class Panels {
  public:
    static constexpr Index kWidth = kPanelWidth;

    Panels() = default;
    explicit Panels(const Matrix<T>& matrix);

    /// Values are undefined until written.
    void resize(Index rows, Index columns);

    [[nodiscard]] Index rows() const { return rows_; }
    [[nodiscard]] Index columns() const { return columns_; }
    [[nodiscard]] Index panels() const { return panels_of(columns_); }

    /// Values in a row of the panel: kWidth or half of it.
    [[nodiscard]] Index width(Index panel) const {
        return columns_ - panel * kWidth > kWidth / 2 ? kWidth : kWidth / 2;
    }
    /// The matrix's columns in it; what stands beyond them in a row is of no matrix.
    [[nodiscard]] Index count(Index panel) const;
    [[nodiscard]] const T* panel(Index panel) const { return data() + panel * kWidth * rows_; }
    T* panel(Index panel) { return const_cast<T*>(std::as_const(*this).panel(panel)); }

    [[nodiscard]] T operator()(Index row, Index column) const;

    /// Writes the panel's columns as rows of another matrix: `to` has this one's columns as rows.
    void transpose_panel(Index panel, Panels& to) const;

  private:
    static constexpr Index kLine = 64 / static_cast<Index>(sizeof(T));  ///< values in a cache line
    struct alignas(64) Line {
        T values[static_cast<std::size_t>(kLine)];
    };

    [[nodiscard]] const T* data() const { return lines_.empty() ? nullptr : lines_.front().values; }

    Index rows_ = 0;
    Index columns_ = 0;
    std::vector<Line> lines_;
};

template <class T>
Matrix<T> to_matrix(const Panels<T>& panels);

/// Of so many columns, the panels of one of `parts` parts of nearly equal size; where there are fewer panels than
/// parts, the first ones have one each. None beyond the last part.
IndexRange panels_of_part(Index columns, Index part, Index parts);

}  // namespace bnrun
