// Packs of AVX2: vectors of 32 bytes.
#pragma once

#include <immintrin.h>

#include "math/pack.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

template <>
struct Pack<float, 8> {
    __m256 values;
    static Pack zero() { return {_mm256_setzero_ps()}; }
    static Pack all(float value) { return {_mm256_set1_ps(value)}; }
    static Pack load(const float* from) { return {_mm256_loadu_ps(from)}; }
    void store(float* to) const { _mm256_storeu_ps(to, values); }
    friend Pack operator+(const Pack& a, const Pack& b) { return {_mm256_add_ps(a.values, b.values)}; }
    friend Pack operator-(const Pack& a, const Pack& b) { return {_mm256_sub_ps(a.values, b.values)}; }
    friend Pack operator*(const Pack& a, const Pack& b) { return {_mm256_mul_ps(a.values, b.values)}; }
    void add_product(const Pack& a, const Pack& b) { values = _mm256_fmadd_ps(a.values, b.values, values); }
    static Pack where_equal(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        return {_mm256_blendv_ps(y.values, x.values, _mm256_cmp_ps(a.values, b.values, _CMP_EQ_OQ))};
    }
    static Pack where_beats(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        const __m256 beats = _mm256_and_ps(_mm256_cmp_ps(a.values, b.values, _CMP_NLE_UQ),
                                           _mm256_cmp_ps(b.values, b.values, _CMP_ORD_Q));
        return {_mm256_blendv_ps(y.values, x.values, beats)};
    }
    /// a0+a4 … a3+a7, b0+b4 … b3+b7
    static Pack fold_fours(const Pack& a, const Pack& b) {
        return {_mm256_add_ps(_mm256_permute2f128_ps(a.values, b.values, 0x20),
                              _mm256_permute2f128_ps(a.values, b.values, 0x31))};
    }
    /// a0+a2 a1+a3 b0+b2 b1+b3, and the same of lanes from 4 on
    static Pack fold_twos(const Pack& a, const Pack& b) {
        return {
            _mm256_add_ps(_mm256_shuffle_ps(a.values, b.values, 0x44), _mm256_shuffle_ps(a.values, b.values, 0xEE))};
    }
    /// a0+a1 a2+a3 b0+b1 b2+b3, and the same of lanes from 4 on
    static Pack fold_ones(const Pack& a, const Pack& b) {
        return {
            _mm256_add_ps(_mm256_shuffle_ps(a.values, b.values, 0x88), _mm256_shuffle_ps(a.values, b.values, 0xDD))};
    }
};

/// Loads floats, too, whose values it holds.
template <>
struct Pack<double, 4> {
    __m256d values;
    static Pack zero() { return {_mm256_setzero_pd()}; }
    static Pack all(double value) { return {_mm256_set1_pd(value)}; }
    static Pack load(const double* from) { return {_mm256_loadu_pd(from)}; }
    static Pack load(const float* from) { return {_mm256_cvtps_pd(_mm_loadu_ps(from))}; }
    void store(double* to) const { _mm256_storeu_pd(to, values); }
    friend Pack operator+(const Pack& a, const Pack& b) { return {_mm256_add_pd(a.values, b.values)}; }
    friend Pack operator-(const Pack& a, const Pack& b) { return {_mm256_sub_pd(a.values, b.values)}; }
    friend Pack operator*(const Pack& a, const Pack& b) { return {_mm256_mul_pd(a.values, b.values)}; }
    void add_product(const Pack& a, const Pack& b) { values = _mm256_fmadd_pd(a.values, b.values, values); }
    static Pack where_equal(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        return {_mm256_blendv_pd(y.values, x.values, _mm256_cmp_pd(a.values, b.values, _CMP_EQ_OQ))};
    }
    static Pack where_beats(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        const __m256d beats = _mm256_and_pd(_mm256_cmp_pd(a.values, b.values, _CMP_NLE_UQ),
                                            _mm256_cmp_pd(b.values, b.values, _CMP_ORD_Q));
        return {_mm256_blendv_pd(y.values, x.values, beats)};
    }
    /// a0+a2 a1+a3 b0+b2 b1+b3
    static Pack fold_twos(const Pack& a, const Pack& b) {
        return {_mm256_add_pd(_mm256_permute2f128_pd(a.values, b.values, 0x20),
                              _mm256_permute2f128_pd(a.values, b.values, 0x31))};
    }
    /// a0+a1 b0+b1 a2+a3 b2+b3
    static Pack fold_ones(const Pack& a, const Pack& b) { return {_mm256_hadd_pd(a.values, b.values)}; }
};

/// Of 8 x 8 values. Pairs of rows, then pairs of pairs, then halves: three rounds of eight shuffles.
inline void transpose_eight(const float* in, Index in_step, float* out, Index out_step) {
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

/// Tells the processor that a loop waits.
inline void pause_in_loop() { __builtin_ia32_pause(); }

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
