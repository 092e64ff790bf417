// Sums of rows of sixteen lanes in one order: halves are added to halves. Eight rows are folded at once, in registers.
#pragma once

#include "math/matrix.h"
#include "math/simd.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

inline constexpr Index kFoldLanes = 16;
inline constexpr Index kFoldRows = 8;

/// A row's lanes come in parts: vectors that every machine has.
template <class T>
inline constexpr Index kPartLanes = sizeof(T) <= sizeof(double) ? 32 / static_cast<Index>(sizeof(T)) : 4;
template <class T>
using Part = Pack<T, kPartLanes<T>>;

/// Lane i + lane i + 8, then i + 4, i + 2, i + 1. Overwrites the lanes.
template <class T>
inline T fold_row(T* lanes) {
    for (Index half = kFoldLanes / 2; half > 0; half /= 2) {
        for (Index i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    }
    return lanes[0];
}

/// Sums of eight rows. @param part part(r, j) is row r's part j, which begins with lane j * kPartLanes.
template <class T, class Parts>
inline void fold_rows(Parts part, T* sums) {
    for (Index r = 0; r < kFoldRows; ++r) {
        T lanes[kFoldLanes];
        for (Index j = 0; j < kFoldLanes / kPartLanes<T>; ++j) part(r, j).store(lanes + j * kPartLanes<T>);
        sums[r] = fold_row(lanes);
    }
}

/// Comments give lanes of row a, and where two rows share a vector, of a and b.
template <class Parts>
inline void fold_rows(Parts part, float* sums) {
    const auto eight = [&](Index r) __attribute__((always_inline)) {  // a0+a8 … a7+a15
        return part(r, 0) + part(r, 1);
    };
    const auto fours = [&](Index r) __attribute__((always_inline)) {  // a0+a4 … a3+a7, b0+b4 … b3+b7
        const Part<float> a = eight(r);
        const Part<float> b = eight(r + 4);
        return Part<float>::fold_fours(a, b);
    };
    const auto twos = [&](Index r) __attribute__((always_inline)) {  // a0+a2 a1+a3 b0+b2 b1+b3, and of rows four below
        const Part<float> a = fours(r);
        const Part<float> b = fours(r + 1);
        return Part<float>::fold_twos(a, b);
    };
    const Part<float> a = twos(0);
    const Part<float> b = twos(2);
    Part<float>::fold_ones(a, b).store(sums);
}

template <class Parts>
inline void fold_rows(Parts part, double* sums) {
    const auto four = [&](Index r) __attribute__((always_inline)) {  // a0+a8 + a4+a12 …
        return (part(r, 0) + part(r, 2)) + (part(r, 1) + part(r, 3));
    };
    for (Index r = 0; r < kFoldRows; r += 4) {
        const auto twos = [&](Index i) __attribute__((always_inline)) {  // a0+a2 a1+a3 b0+b2 b1+b3
            const Part<double> a = four(r + i);
            const Part<double> b = four(r + i + 2);
            return Part<double>::fold_twos(a, b);
        };
        Part<double>::fold_ones(twos(0), twos(1)).store(sums + r);  // rows 0, 1, 2, 3
    }
}

/// A panel's rows: of each, `count` of at most sixteen values.
struct PanelRows {
    Index rows;
    Index width;  ///< 16 or 8: values from one row to the next
    Index count;
};

/// The first lanes of a part; 0 in the others.
template <class T>
inline Part<T> first_lanes(const Part<T>& part, Index count) {
    T lanes[kPartLanes<T>];
    part.store(lanes);
    for (Index i = 0; i < kPartLanes<T>; ++i) lanes[i] = i < count ? lanes[i] : T(0);
    return Part<T>::load(lanes);
}

/// sums(r) = the sum of row r's terms. @param term term(r, i) are those of the row's values i … i + kPartLanes - 1, as
/// a Part.
template <class T, class Term>
inline void sum_rows(const PanelRows& panel, Term term, T* sums) {
    const auto within = [=](Index row, Index j) __attribute__((always_inline)) {
        const Index i = j * kPartLanes<T>;
        return i < panel.count ? first_lanes<T>(term(row, i), panel.count - i) : Part<T>::all(T(0));
    };
    Index row = 0;
    for (; row + kFoldRows <= panel.rows; row += kFoldRows) {
        if (panel.count == kFoldLanes) {
            fold_rows(
                [=](Index r, Index j) __attribute__((always_inline)) { return term(row + r, j * kPartLanes<T>); },
                sums + row);
        } else {
            fold_rows(
                [=](Index r, Index j) __attribute__((always_inline)) { return within(row + r, j); }, sums + row);
        }
    }
    for (; row < panel.rows; ++row) {
        T lanes[kFoldLanes];
        for (Index j = 0; j < kFoldLanes / kPartLanes<T>; ++j) within(row, j).store(lanes + j * kPartLanes<T>);
        sums[row] = fold_row(lanes);
    }
}

/// The same of channels, each of so many rows side by side: a lane sums its rows before lanes are folded.
/// @param term term(c, r, i): the channel, and its row among all rows
template <class T, class Term>
inline void sum_channels(const PanelRows& panel, Index positions, Term term, T* sums) {
    if (positions == 1) {
        return sum_rows(
            panel, [=](Index row, Index i) __attribute__((always_inline)) { return term(row, row, i); }, sums);
    }
    const auto of_channel = [=](Index channel, Index i) __attribute__((always_inline)) {
        const Index first = channel * positions;
        Part<T> sum = term(channel, first, i);
        for (Index row = first + 1; row < first + positions; ++row) sum = sum + term(channel, row, i);
        return sum;
    };
    sum_rows(panel, of_channel, sums);
}

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
