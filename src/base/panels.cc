#include "base/panels.h"

#include <algorithm>
#include <cassert>

#include "base/transpose.h"

namespace bnrun {

template <class T>
Panels<T>::Panels(const Matrix<T>& matrix) {
    resize(matrix.rows(), matrix.cols(), Writing::kCached);
    take(matrix, {0, matrix.rows()});
}

template <class T>
void Panels<T>::resize(Index rows, Index columns, Writing writing) {
    writing_ = writing;
    rows_ = rows;
    columns_ = columns;
    const Index padded = (columns + kWidest - 1) / kWidest * kWidest;
    lines_.resize(static_cast<std::size_t>((rows * padded + kLine - 1) / kLine));
}

template <class T>
Index Panels<T>::width(Index first) const {
    const Index left = columns_ - first;
    constexpr Index kHalf = std::max<Index>(kWidest / 2, 1);
    constexpr Index kQuarter = std::max<Index>(kWidest / 4, 1);
    return left > kHalf ? kWidest : left > kQuarter ? kHalf : kQuarter;
}

template <class T>
const T* Panels<T>::at(Index row, Index column) const {
    const Index first = column / kWidest * kWidest;
    return panel(first) + row * width(first) + (column - first);
}

template <class T>
void Panels<T>::put(const T* from, Index count, T* to) const {
    constexpr Index kWhole = kLanes<T>;
    constexpr Index kHalf = std::max<Index>(kWhole / 2, 1);
    if (writing_ == Writing::kCached || count % kHalf != 0) {
        std::copy_n(from, count, to);
    } else if (count % kWhole != 0) {
        for (Index i = 0; i < count; i += kHalf) Pack<T, kHalf>::load(from + i).stream(to + i);
    } else {
        for (Index i = 0; i < count; i += kWhole) Pack<T, kWhole>::load(from + i).stream(to + i);
    }
}

template <class T>
void Panels<T>::take(const Matrix<T>& matrix, Rows rows) {
    assert(rows.end <= std::min(rows_, matrix.rows()) && matrix.cols() == columns_);
    for (Index first = 0; first < columns_; first += kWidest) {
        const Index step = width(first);
        const Index count = std::min(step, columns_ - first);
        T* to = at(rows.begin, first);
        for (Index row = rows.begin; row < rows.end; ++row, to += step) {
            put(matrix.data() + row * columns_ + first, count, to);
        }
    }
    finish_streaming();
}

/// Rows [row, row + kLine) of the matrix become whole lines, so many columns of it at a time as fit a tile.
template <class T>
void Panels<T>::turn_line(const Matrix<T>& matrix, Index row) {
    constexpr Index kTall = 8;
    const Index first = row / kWidest * kWidest;
    const Index step = width(first);
    T* to = at(0, row);
    for (Index k = 0; k < rows_; k += kTall) {
        alignas(64) T tile[static_cast<std::size_t>(kTall * kLine)];
        const Index count = std::min(kTall, rows_ - k);
        transpose(matrix.data() + row * rows_ + k, rows_, kLine, count, tile, kLine);
        for (Index i = 0; i < count; ++i, to += step) put(tile + i * kLine, kLine, to);
    }
}

template <class T>
void Panels<T>::take_transposed(const Matrix<T>& matrix, Rows rows) {
    assert(rows.end <= std::min(columns_, matrix.rows()) && matrix.cols() == rows_);
    const auto turn_plainly = [&](Rows part) {
        for (Index row = part.begin; row < part.end;) {
            constexpr Index kChunk = std::min(kLine, kWidest);
            const Index end = std::min(part.end, (row / kChunk + 1) * kChunk);
            transpose(matrix.data() + row * rows_, rows_, end - row, rows_, at(0, row), width(row / kWidest * kWidest));
            row = end;
        }
    };
    const auto fits = [&](Index row) { return row + kLine <= rows.end && width(row / kWidest * kWidest) % kLine == 0; };
    Index row = std::min(rows.end, (rows.begin + kLine - 1) / kLine * kLine);
    turn_plainly({rows.begin, row});
    for (; fits(row); row += kLine) turn_line(matrix, row);
    turn_plainly({row, rows.end});
    finish_streaming();
}

template class Panels<float>;
template class Panels<double>;
template class Panels<long double>;

}  // namespace bnrun
