#include "base/panels.h"

#include <algorithm>
#include <cassert>

#include "base/transpose.h"

namespace bnrun {

namespace {

/// Rows whose width the compiler knows.
template <class T, Index width, Writes writes>
void copy_rows(const T* from, Index from_step, Rows rows, T* to, Index to_step) {
    for (Index row = rows.begin; row < rows.end; ++row, from += from_step, to += to_step) {
        for (Index i = 0; i < width; i += kLanes<T>) {
            const auto pack = Pack<T, kLanes<T>>::load(from + i);
            if constexpr (writes == Writes::kStreamed) {
                pack.stream(to + i);
            } else {
                pack.store(to + i);
            }
        }
    }
}

template <class T, Index width>
void copy_rows(Writes writes, const T* from, Index from_step, Rows rows, T* to, Index to_step) {
    if (writes == Writes::kStreamed) {
        copy_rows<T, width, Writes::kStreamed>(from, from_step, rows, to, to_step);
    } else {
        copy_rows<T, width, Writes::kCached>(from, from_step, rows, to, to_step);
    }
}

/// Rows that fill a line's width become columns, each line written once and whole.
template <class T, Index line>
void turn_line(Writes writes, const T* from, Index from_step, Index columns, T* to, Index step) {
    constexpr Index kTall = 8;
    for (Index k = 0; k < columns; k += kTall) {
        alignas(64) T tile[static_cast<std::size_t>(kTall * line)];
        const Index count = std::min(kTall, columns - k);
        transpose(from + k, from_step, line, count, tile, line);
        copy_rows<T, line>(writes, tile, line, {0, count}, to, step);
        to += count * step;
    }
}

}  // namespace

Writes fastest_writes(int threads) {
    return threads > 1 && __builtin_cpu_is("amd") ? Writes::kStreamed : Writes::kCached;
}

template <class T>
Panels<T>::Panels(const Matrix<T>& matrix) {
    resize(matrix.rows(), matrix.cols());
    take(matrix, {0, matrix.rows()});
}

template <class T>
void Panels<T>::resize(Index rows, Index columns, Writes writes) {
    rows_ = rows;
    columns_ = columns;
    writes_ = writes;
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
void Panels<T>::take(const MatrixPart<T>& part) {
    assert(part.rows.end <= rows_ && part.columns.end <= columns_ && part.columns.begin % kWidest == 0);
    for (Index first = part.columns.begin; first < part.columns.end; first += kWidest) {
        const Index step = width(first);
        const Index count = std::min(step, part.columns.end - first);
        const T* from = part.data + (first - part.columns.begin);
        T* to = at(part.rows.begin, first);
        if (count == kWidest) {
            copy_rows<T, kWidest>(writes_, from, part.step, part.rows, to, step);
        } else {
            for (Index row = part.rows.begin; row < part.rows.end; ++row, from += part.step, to += step)
                std::copy_n(from, count, to);
        }
    }
    if (writes_ == Writes::kStreamed) finish_streams();
}

template <class T>
void Panels<T>::take_transposed(const MatrixPart<T>& part) {
    assert(part.rows.end <= columns_ && part.columns.end <= rows_);
    constexpr Index kStep = std::min(kLine, kWidest);
    const Index count = part.columns.end - part.columns.begin;
    const T* from = part.data;
    for (Index row = part.rows.begin; row < part.rows.end;) {
        const Index end = std::min(part.rows.end, row / kStep * kStep + kStep);
        const Index step = width(row / kWidest * kWidest);
        T* const to = at(part.columns.begin, row);
        if (end - row == kStep && step % kStep == 0) {
            turn_line<T, kStep>(writes_, from, part.step, count, to, step);
        } else {
            transpose(from, part.step, end - row, count, to, step);
        }
        from += (end - row) * part.step;
        row = end;
    }
    if (writes_ == Writes::kStreamed) finish_streams();
}

template class Panels<float>;
template class Panels<double>;
template class Panels<long double>;

}  // namespace bnrun
