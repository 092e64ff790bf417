// Means and squared deviations of a matrix's rows, panel by panel, so that threads may share out the panels.
#pragma once

#include <vector>

#include "math/matrix.h"
#include "math/panels.h"

namespace bnrun {

/// Of some values of each row: their mean is pivot + offset, where the pivot is one of them. Differences of nearly
/// equal numbers are exact, so that offsets and deviations are right to the rounding of the spread, not of the mean,
/// and those of equal numbers are 0.
template <class T>
struct Moments {
    Vector<T> pivot;
    Vector<T> offset;
    Vector<T> squares;  ///< sums of squared deviations from the mean

    void resize(Index rows) {
        for (Vector<T>* part : {&pivot, &offset, &squares}) part->resize(rows);
    }
};

/// Of each channel's values in one panel, in two passes. @param positions rows of a channel, which are side by side.
/// @param moments of as many rows as there are channels
template <class T>
void measure_channels(const Panels<T>& x, Index panel, Index positions, Moments<T>& moments);

/// Of all columns from those of each panel, whose offsets become those about the first panel's pivots. For panels p of
/// n_p columns with offsets o_p about one pivot, the whole's is o = sum n_p o_p / n, and its squares are the sum of
/// theirs and of n_p (o_p - o)^2 (Chan, Golub and LeVeque, The American Statistician 37, 1983), in the panels' order.
template <class T>
void merge_moments(std::vector<Moments<T>>& panels, Index columns, Index positions, Moments<T>& whole);

}  // namespace bnrun
