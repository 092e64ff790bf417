// Kernels of convolutions, to be compiled once for each instruction set: blocks of sums in registers, as in
// gemm_blocks.h, whose rows of b are listed.
#pragma once

#include "math/gemm_blocks.h"
#include "math/kernels.h"
#include "math/panels.h"
#include "math/simd.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

template <class T, int rows, int pair, Index width>
void multiply_taps_block(const TapProduct<T>& p, Index row) {
    using Sums = Block<T, rows, pair, width>;
    Sums block;
    block.clear();
    const T* a = p.a + row * p.a_row;
    const T* b = p.b;
    const Tap* const end = p.taps + p.tap_count;
    for (Index outer = 0; outer < p.outer; ++outer, a += p.a_outer, b += p.b_outer) {
        for (const Tap* tap = p.taps; tap != end; ++tap) {
            block.add_products(a + tap->a, p.a_row, b + tap->b * width, p.b_pair);
        }
    }
    T* c = p.c + row * p.c_row;
    for (int i = 0; i < rows; ++i, c += p.c_row) {
        for (int v = 0; v < Sums::kVectors; ++v) {
            if (p.bias != nullptr) block.sums[i][v] = block.sums[i][v] + Sums::Vector::all(p.bias[row + i]);
            block.sums[i][v].store(c + (v / Sums::kPerPanel) * p.c_pair + (v % Sums::kPerPanel) * Sums::kPack);
        }
    }
}

template <class T, int pair, Index width, int height>
void multiply_taps_height(const TapProduct<T>& p, Index row, Index rows) {
    if (rows == height) return multiply_taps_block<T, height, pair, width>(p, row);
    if constexpr (height > 1) multiply_taps_height<T, pair, width, height - 1>(p, row, rows);
}

template <class T, int pair, Index width>
void multiply_taps(const TapProduct<T>& p) {
    constexpr int kRows = rows_of_block(Block<T, 1, pair, width>::kVectors);
    for_each_block({0, p.rows}, kRows,
                   [&](Index row, Index rows) { multiply_taps_height<T, pair, width, kRows>(p, row, rows); });
}

/// Channels and taps of a block of gradients: with one vector each, they fit the registers beside a column of dy.
inline constexpr int kGradientChannels = kVectorBytes == 64 ? 4 : 3;
inline constexpr int kGradientTaps = kVectorBytes == 64 ? 6 : 4;

/// Adds to the lanes of `channels` x `taps` gradients, of which a vector holds some.
template <class T, int channels, int taps>
void add_gradient_lanes(const TapGradient<T>& g, Index channel, Index tap, Index lane) {
    using Vector = Pack<T, kLanes<T>>;
    Vector sums[channels][taps];
    Index offsets[taps];
    for (int t = 0; t < taps; ++t) {
        offsets[t] = g.taps[tap + t].b * kPanelWidth + lane;
        for (int c = 0; c < channels; ++c) sums[c][t] = Vector::zero();
    }
    const T* d = g.d + channel * g.d_channel + lane;
    const T* row = g.x;
    for (Index y = 0; y < g.height; ++y, row += g.x_row) {
        const T* x = row;
        for (Index i = 0; i < g.width; ++i, d += kPanelWidth, x += g.x_step) {
            Vector left[channels];
#pragma GCC unroll 4
            for (int c = 0; c < channels; ++c) left[c] = Vector::load(d + c * g.d_channel);
#pragma GCC unroll 6
            for (int t = 0; t < taps; ++t) {
                const Vector right = Vector::load(x + offsets[t]);
#pragma GCC unroll 4
                for (int c = 0; c < channels; ++c) sums[c][t].add_product(left[c], right);
            }
        }
    }
    for (int c = 0; c < channels; ++c) {
        T* const to = g.lanes + (channel + c) * g.lanes_channel + tap * kPanelWidth + lane;
        for (int t = 0; t < taps; ++t) (Vector::load(to + t * kPanelWidth) + sums[c][t]).store(to + t * kPanelWidth);
    }
}

template <class T, int channels, int taps>
void add_gradient_taps(const TapGradient<T>& g, Index channel, Index tap, Index count) {
    if (count == taps) {
        for (Index lane = 0; lane < kPanelWidth; lane += kLanes<T>) {
            add_gradient_lanes<T, channels, taps>(g, channel, tap, lane);
        }
        return;
    }
    if constexpr (taps > 1) add_gradient_taps<T, channels, taps - 1>(g, channel, tap, count);
}

template <class T, int channels>
void add_gradient_channels(const TapGradient<T>& g, Index channel, Index count) {
    if (count == channels) {
        for_each_block({0, g.tap_count}, kGradientTaps, [&](Index tap, Index taps) {
            add_gradient_taps<T, channels, kGradientTaps>(g, channel, tap, taps);
        });
        return;
    }
    if constexpr (channels > 1) add_gradient_channels<T, channels - 1>(g, channel, count);
}

template <class T>
void add_tap_gradient(const TapGradient<T>& g) {
    for_each_block({0, g.channels}, kGradientChannels, [&](Index channel, Index channels) {
        add_gradient_channels<T, kGradientChannels>(g, channel, channels);
    });
}

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
