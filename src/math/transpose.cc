#include "math/transpose.h"

#include <immintrin.h>

#include <algorithm>

namespace bnrun {

namespace {

constexpr Index kTile = 8;

template <class T>
void transpose_plainly(const T* in, Index in_step, Index rows, Index columns, T* out, Index out_step) {
    for (Index i = 0; i < rows; ++i) {
        for (Index j = 0; j < columns; ++j) out[j * out_step + i] = in[i * in_step + j];
    }
}

template <class T>
void transpose_tile(const T* in, Index in_step, T* out, Index out_step) {
    transpose_plainly(in, in_step, kTile, kTile, out, out_step);
}

#if defined(__AVX2__)
/// Pairs of rows, then pairs of pairs, then halves: three rounds of eight shuffles.
template <>
void transpose_tile(const float* in, Index in_step, float* out, Index out_step) {
    const auto row = [&](Index i) { return _mm256_loadu_ps(in + i * in_step); };
    const auto put = [&](Index j, __m256 low, __m256 high) {
        _mm256_storeu_ps(out + j * out_step, _mm256_permute2f128_ps(low, high, 0x20));
        _mm256_storeu_ps(out + (j + 4) * out_step, _mm256_permute2f128_ps(low, high, 0x31));
    };
    __m256 quads[2][4];
    for (Index half = 0; half < 2; ++half) {
        const __m256 low01 = _mm256_unpacklo_ps(row(4 * half), row(4 * half + 1));
        const __m256 high01 = _mm256_unpackhi_ps(row(4 * half), row(4 * half + 1));
        const __m256 low23 = _mm256_unpacklo_ps(row(4 * half + 2), row(4 * half + 3));
        const __m256 high23 = _mm256_unpackhi_ps(row(4 * half + 2), row(4 * half + 3));
        quads[half][0] = _mm256_shuffle_ps(low01, low23, 0x44);
        quads[half][1] = _mm256_shuffle_ps(low01, low23, 0xEE);
        quads[half][2] = _mm256_shuffle_ps(high01, high23, 0x44);
        quads[half][3] = _mm256_shuffle_ps(high01, high23, 0xEE);
    }
    for (Index j = 0; j < 4; ++j) put(j, quads[0][j], quads[1][j]);
}
#endif

}  // namespace

template <class T>
void transpose(const T* in, Index in_step, Index rows, Index columns, T* out, Index out_step) {
    for (Index i = 0; i < rows; i += kTile) {
        const Index height = std::min(kTile, rows - i);
        for (Index j = 0; j < columns; j += kTile) {
            const Index width = std::min(kTile, columns - j);
            const T* const from = in + i * in_step + j;
            T* const to = out + j * out_step + i;
            if (height == kTile && width == kTile) {
                transpose_tile(from, in_step, to, out_step);
            } else {
                transpose_plainly(from, in_step, height, width, to, out_step);
            }
        }
    }
}

template void transpose(const float*, Index, Index, Index, float*, Index);
template void transpose(const double*, Index, Index, Index, double*, Index);
template void transpose(const long double*, Index, Index, Index, long double*, Index);

}  // namespace bnrun
