// Packs of AVX-512: vectors of 64 bytes.
#pragma once

#include <immintrin.h>

#include "math/pack_avx2.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

template <>
struct Pack<float, 16> {
    __m512 values;
    static Pack zero() { return {_mm512_setzero_ps()}; }
    [[nodiscard]] Pack<float, 8> low() const {
        return {__builtin_shufflevector(values, values, 0, 1, 2, 3, 4, 5, 6, 7)};
    }
    [[nodiscard]] Pack<float, 8> high() const {
        return {__builtin_shufflevector(values, values, 8, 9, 10, 11, 12, 13, 14, 15)};
    }
    static Pack all(float value) { return {_mm512_set1_ps(value)}; }
    static Pack load(const float* from) { return {_mm512_loadu_ps(from)}; }
    void store(float* to) const { _mm512_storeu_ps(to, values); }
    friend Pack operator+(const Pack& a, const Pack& b) { return {_mm512_add_ps(a.values, b.values)}; }
    friend Pack operator-(const Pack& a, const Pack& b) { return {_mm512_sub_ps(a.values, b.values)}; }
    friend Pack operator*(const Pack& a, const Pack& b) { return {_mm512_mul_ps(a.values, b.values)}; }
    void add_product(const Pack& a, const Pack& b) { values = _mm512_fmadd_ps(a.values, b.values, values); }
};

template <>
struct Pack<double, 8> {
    __m512d values;
    static Pack zero() { return {_mm512_setzero_pd()}; }
    [[nodiscard]] Pack<double, 4> low() const { return {__builtin_shufflevector(values, values, 0, 1, 2, 3)}; }
    [[nodiscard]] Pack<double, 4> high() const { return {__builtin_shufflevector(values, values, 4, 5, 6, 7)}; }
    static Pack all(double value) { return {_mm512_set1_pd(value)}; }
    static Pack load(const double* from) { return {_mm512_loadu_pd(from)}; }
    static Pack load(const float* from) { return {__builtin_convertvector(_mm256_loadu_ps(from), __m512d)}; }
    void store(double* to) const { _mm512_storeu_pd(to, values); }
    friend Pack operator+(const Pack& a, const Pack& b) { return {_mm512_add_pd(a.values, b.values)}; }
    friend Pack operator-(const Pack& a, const Pack& b) { return {_mm512_sub_pd(a.values, b.values)}; }
    friend Pack operator*(const Pack& a, const Pack& b) { return {_mm512_mul_pd(a.values, b.values)}; }
    void add_product(const Pack& a, const Pack& b) { values = _mm512_fmadd_pd(a.values, b.values, values); }
};

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
