// The step of Lanczos, to be compiled once for each instruction set: eight rows at once, which are then in the nearest
// cache when they are added up.
#pragma once

#include "math/fold.h"
#include "math/simd.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

/// Products of a row's entries and their like: partial sums in sixteen lanes.
template <class V>
struct LaneSums {
    static constexpr int kPacks = static_cast<int>(kFoldLanes / kLanes<V>);
    Pack<V, kLanes<V>> packs[kPacks];

    [[gnu::always_inline]] Part<V> part(Index j) const {
        if constexpr (kLanes<V> == kPartLanes<V>) {
            return packs[j];
        } else {
            return j % 2 == 0 ? packs[j / 2].low() : packs[j / 2].high();
        }
    }
};

/// `count` rows' dot products with v, in v's type.
template <int count, class T, class V>
void dot_rows(const T* rows, Index step, const V* v, V* dots) {
    using Lanes = Pack<V, kLanes<V>>;
    LaneSums<V> sums[count];
    for (int r = 0; r < count; ++r) {
        for (int p = 0; p < LaneSums<V>::kPacks; ++p) sums[r].packs[p] = Lanes::zero();
    }
    for (Index i = 0; i < step; i += kFoldLanes) {
        for (int p = 0; p < LaneSums<V>::kPacks; ++p) {
            const Index at = i + p * kLanes<V>;
            const Lanes right = Lanes::load(v + at);
#pragma GCC unroll 8
            for (int r = 0; r < count; ++r) sums[r].packs[p].add_product(Lanes::load(rows + r * step + at), right);
        }
    }
    if constexpr (count == kFoldRows) {
        fold_rows(
            [&](Index r, Index j) __attribute__((always_inline)) { return sums[r].part(j); }, dots);
    } else {
        for (int r = 0; r < count; ++r) {
            V lanes[kFoldLanes];
            for (int p = 0; p < LaneSums<V>::kPacks; ++p) sums[r].packs[p].store(lanes + p * kLanes<V>);
            dots[r] = fold_row(lanes);
        }
    }
}

/// z += factors[r] times row r, one row after the other.
template <int count, class T>
void add_rows(const T* rows, Index step, const T* factors, T* z) {
    using Lanes = Pack<T, kLanes<T>>;
    for (Index i = 0; i < step; i += kLanes<T>) {
        Lanes sum = Lanes::load(z + i);
#pragma GCC unroll 8
        for (int r = 0; r < count; ++r) sum.add_product(Lanes::all(factors[r]), Lanes::load(rows + r * step + i));
        sum.store(z + i);
    }
}

template <class T>
void add_gram_product(const T* a, Index rows, Index step, const T* v, T* z) {
    T dots[kFoldRows];
    Index row = 0;
    for (; row + kFoldRows <= rows; row += kFoldRows) {
        dot_rows<kFoldRows>(a + row * step, step, v, dots);
        add_rows<kFoldRows>(a + row * step, step, dots, z);
    }
    for (; row < rows; ++row) {
        dot_rows<1>(a + row * step, step, v, dots);
        add_rows<1>(a + row * step, step, dots, z);
    }
}

template <class T>
double squared_image(const T* a, Index rows, Index step, const double* y) {
    double squares = 0;
    double dots[kFoldRows];
    Index row = 0;
    for (; row + kFoldRows <= rows; row += kFoldRows) {
        dot_rows<kFoldRows>(a + row * step, step, y, dots);
        for (const double along : dots) squares = __builtin_fma(along, along, squares);
    }
    for (; row < rows; ++row) {
        dot_rows<1>(a + row * step, step, y, dots);
        squares = __builtin_fma(dots[0], dots[0], squares);
    }
    return squares;
}

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
