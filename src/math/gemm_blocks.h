// Kernels of products, to be compiled once for each instruction set: sums of a block of rows stay in registers while k
// runs, and each value of a meets every vector of b at once.
#pragma once

#include "math/kernels.h"
#include "math/simd.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

/// Rows of a block whose sums, `vectors` a row, fit the registers beside a row of b: 24 of AVX-512's 32, 12 of
/// AVX2's 16, 12 pairs of NEON's 32.
constexpr int rows_of_block(int vectors) {
    constexpr int kSums = kVectorBytes == 64 ? 24 : 12;
    return kSums / vectors < 12 ? kSums / vectors : 12;
}

/// The widest vectors that a panel's row holds whole ones of.
template <class T, Index width>
constexpr Index kPackLanes = kLanes<T> < width ? kLanes<T> : width;

/// The sums of one block: `panels` panels of `width` columns.
template <class T, int rows, int panels, Index width>
struct Block {
    static constexpr Index kPack = kPackLanes<T, width>;
    static constexpr int kPerPanel = static_cast<int>(width / kPack);
    static constexpr int kVectors = panels * kPerPanel;
    using Vector = Pack<T, kPack>;

    Vector sums[rows][kVectors];

    void clear() {
#pragma GCC unroll 16
        for (int i = 0; i < rows; ++i) {
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v) sums[i][v] = Vector::zero();
        }
    }

    /// sums(i, j) += a(i) b(j), for a's values `a_step` apart.
    [[gnu::always_inline]] inline void add_products(const T* a, Index a_step, const T* b, Index b_panel) {
        Vector right[kVectors];
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v)
            right[v] = Vector::load(b + (v / kPerPanel) * b_panel + (v % kPerPanel) * kPack);
#pragma GCC unroll 16
        for (int i = 0; i < rows; ++i) {
            const Vector left = Vector::all(a[i * a_step]);
#pragma GCC unroll 4
            for (int v = 0; v < kVectors; ++v) sums[i][v].add_product(left, right[v]);
        }
    }
};

template <class T, int rows, int panels, Index width>
void multiply_block(const PanelProduct<T>& p, Index row) {
    using Sums = Block<T, rows, panels, width>;
    Sums block;
    block.clear();
    const T* a = p.a.data + row * p.a.row_step;
    const T* b = p.b;
    // The next block's rows of a are asked for ahead: one line a step, along rows or across them, as they lie in
    // memory.
    const T* next = a + rows * p.a.row_step;
    const Index next_step = p.a.column_step == 1 ? rows : p.a.column_step;
    for (Index k = 0; k < p.depth; ++k, a += p.a.column_step, b += width, next += next_step) {
        __builtin_prefetch(next);
        block.add_products(a, p.a.row_step, b, p.b_panel);
    }
    T* c = p.c + row * width;
    for (int i = 0; i < rows; ++i, c += width) {
        for (int v = 0; v < Sums::kVectors; ++v) {
            if (p.bias != nullptr) block.sums[i][v] = block.sums[i][v] + Sums::Vector::all(p.bias[row + i]);
            block.sums[i][v].store(c + (v / Sums::kPerPanel) * p.c_panel + (v % Sums::kPerPanel) * Sums::kPack);
        }
    }
}

/// Adds one panel of a, whose rows are `step` values apart. What the next block will read of it is asked for ahead.
template <Index step, class T, int rows, int panels, Index width>
[[gnu::always_inline]] inline void add_panel(Block<T, rows, panels, width>& block, const T* a, Index samples,
                                             const T*& b, Index b_panel) {
    constexpr Index kValuesPerLine = 64 / static_cast<Index>(sizeof(T));
    const T* next = a + rows * step;
    for (Index k = 0; k < samples; ++k, ++a, b += width, next += kValuesPerLine) {
        __builtin_prefetch(next);
        block.add_products(a, step, b, b_panel);
    }
}

template <class T, int rows, int panels, Index width>
void add_samples(const SampleProduct<T>& p, Index row) {
    using Sums = Block<T, rows, panels, width>;
    constexpr Index kSamples = 16;
    Sums block;
    block.clear();
    const T* a = p.a + row * kSamples;
    const T* b = p.b;
    Index left = p.samples;
    for (; left > kSamples || (left > 0 && p.last_width == kSamples); left -= kSamples, a += p.a_panel) {
        add_panel<kSamples>(block, a, left < kSamples ? left : kSamples, b, p.b_panel);
    }
    if (left > 0) add_panel<kSamples / 2>(block, a - row * (kSamples / 2), left, b, p.b_panel);
    constexpr Index kWhole = panels * width;
    T* c = p.c + row * p.c_step;
    for (int i = 0; i < rows; ++i, c += p.c_step) {
        T out[kWhole];
        T* const to = p.columns == kWhole ? c : out;
        for (int v = 0; v < Sums::kVectors; ++v) {
            if (p.add && to == c) block.sums[i][v] = block.sums[i][v] + Sums::Vector::load(c + v * Sums::kPack);
            block.sums[i][v].store(to + v * Sums::kPack);
        }
        if (to == c) continue;
        for (Index j = 0; j < p.columns; ++j) c[j] = p.add ? out[j] + c[j] : out[j];
    }
}

template <class T, int panels, Index width, int height>
void multiply_height(const PanelProduct<T>& p, Index row, Index rows) {
    if (rows == height) return multiply_block<T, height, panels, width>(p, row);
    if constexpr (height > 1) multiply_height<T, panels, width, height - 1>(p, row, rows);
}

template <class T, int panels, Index width, int height>
void add_samples_height(const SampleProduct<T>& p, Index row, Index rows) {
    if (rows == height) return add_samples<T, height, panels, width>(p, row);
    if constexpr (height > 1) add_samples_height<T, panels, width, height - 1>(p, row, rows);
}

/// Calls work(first row, rows) for as few blocks as hold them, all of nearly equal height: a block of few rows is slow.
template <class Work>
void for_each_block(IndexRange rows, Index most, Work work) {
    const Index blocks = (rows.size() + most - 1) / most;
    for (Index block = 0; block < blocks; ++block) {
        const Index begin = rows.begin + rows.size() * block / blocks;
        work(begin, rows.begin + rows.size() * (block + 1) / blocks - begin);
    }
}

template <class T, int panels, Index width>
void multiply_panels(const PanelProduct<T>& p) {
    constexpr int kRows = rows_of_block(Block<T, 1, panels, width>::kVectors);
    for_each_block({0, p.rows}, kRows,
                   [&](Index row, Index rows) { multiply_height<T, panels, width, kRows>(p, row, rows); });
}

template <class T, int panels, Index width>
void add_samples_of_panels(const SampleProduct<T>& p) {
    constexpr int kRows = rows_of_block(Block<T, 1, panels, width>::kVectors);
    for_each_block(p.rows, kRows,
                   [&](Index row, Index rows) { add_samples_height<T, panels, width, kRows>(p, row, rows); });
}

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
