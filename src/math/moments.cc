#include "math/moments.h"

#include <algorithm>

#include "math/fold.h"
#include "math/simd.h"

namespace bnrun {

template <class T>
void measure_channels(const Panels<T>& x, Index panel, Index positions, Moments<T>& moments) {
    const T* const values = x.panel(panel);
    const PanelRows rows{x.rows() / positions, x.width(panel), x.count(panel)};
    const T count = static_cast<T>(rows.count * positions);
    T* const pivot = moments.pivot.data();
    T* const offset = moments.offset.data();
    T* const squares = moments.squares.data();
    vectorized([=] {
        const auto beyond_pivot = [=](Index channel, Index row, Index i) {
            return Part<T>::load(values + row * rows.width + i) - Part<T>::all(pivot[channel]);
        };
        const auto squared_deviation = [=](Index channel, Index row, Index i) {
            const Part<T> deviation = beyond_pivot(channel, row, i) - Part<T>::all(offset[channel]);
            return deviation * deviation;
        };
        for (Index row = 0; row < rows.rows; ++row) pivot[row] = values[row * positions * rows.width];
        sum_channels(rows, positions, beyond_pivot, offset);
        for (Index row = 0; row < rows.rows; ++row) offset[row] /= count;
        sum_channels(rows, positions, squared_deviation, squares);
    });
}

template <class T>
void merge_moments(std::vector<Moments<T>>& panels, Index columns, Index positions, Moments<T>& whole) {
    whole.pivot = panels.front().pivot;
    whole.offset.setZero(whole.pivot.size());
    whole.squares.setZero(whole.pivot.size());
    const Index rows = whole.pivot.size();
    const T* const pivot = whole.pivot.data();
    T* const offset = whole.offset.data();
    T* const squares = whole.squares.data();
    // Calls work(row, columns of the panel, its pivot, offset, squares) for each row of each panel.
    const auto for_each_panel = [&](const auto& work) {
        Index left = columns;
        for (Moments<T>& panel : panels) {
            const T count = static_cast<T>(std::min(left, Panels<T>::kWidth) * positions);
            left -= Panels<T>::kWidth;
            vectorized([&, p = panel.pivot.data(), o = panel.offset.data(), s = panel.squares.data()] {
                for (Index row = 0; row < rows; ++row) work(row, count, p[row], o[row], s[row]);
            });
        }
    };
    for_each_panel([=](Index row, T count, T its_pivot, T& its_offset, T /*its_squares*/) {
        its_offset += its_pivot - pivot[row];
        offset[row] += count * its_offset;
    });
    for (Index row = 0; row < rows; ++row) offset[row] /= static_cast<T>(columns * positions);
    for_each_panel([=](Index row, T count, T /*its_pivot*/, T its_offset, T its_squares) {
        const T between = its_offset - offset[row];
        squares[row] += its_squares + count * (between * between);
    });
}

#define BNRUN_MOMENTS(T)                                                         \
    template void measure_channels(const Panels<T>&, Index, Index, Moments<T>&); \
    template void merge_moments(std::vector<Moments<T>>&, Index, Index, Moments<T>&);
BNRUN_MOMENTS(float)
BNRUN_MOMENTS(double)
BNRUN_MOMENTS(long double)

}  // namespace bnrun
