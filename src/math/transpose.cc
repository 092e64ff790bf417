#include "math/transpose.h"

#include <algorithm>

#include "math/simd.h"

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

template <>
void transpose_tile(const float* in, Index in_step, float* out, Index out_step) {
    transpose_eight(in, in_step, out, out_step);
}

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
