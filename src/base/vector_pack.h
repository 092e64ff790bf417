// A machine vector with the one operation that products need: a fused multiply-add in each lane.
#pragma once

#include <immintrin.h>

#include <array>
#include <cmath>

#include "base/types.h"

namespace bnrun {

/// a b + sum, rounded once in float and double; the processor has no such operation for long double.
template <class T>
T add_product_of(T a, T b, T sum) {
    if constexpr (sizeof(T) <= sizeof(double)) {
        return std::fma(a, b, sum);
    } else {
        return a * b + sum;
    }
}

/// Any scalar type: one lane.
template <class T>
struct Pack {
    static constexpr Index kLanes = 1;
    T lanes;
    static Pack zero() { return {T(0)}; }
    static Pack all(T value) { return {value}; }
    static Pack load(const T* from) { return {*from}; }
    void store(T* to) const { *to = lanes; }
    void add_product(const Pack& a, const Pack& b) { lanes = add_product_of(a.lanes, b.lanes, lanes); }
};

#if defined(__AVX512F__)
template <>
struct Pack<float> {
    static constexpr Index kLanes = 16;
    __m512 lanes;
    static Pack zero() { return {_mm512_setzero_ps()}; }
    static Pack all(float value) { return {_mm512_set1_ps(value)}; }
    static Pack load(const float* from) { return {_mm512_loadu_ps(from)}; }
    void store(float* to) const { _mm512_storeu_ps(to, lanes); }
    void add_product(const Pack& a, const Pack& b) { lanes = _mm512_fmadd_ps(a.lanes, b.lanes, lanes); }
};
template <>
struct Pack<double> {
    static constexpr Index kLanes = 8;
    __m512d lanes;
    static Pack zero() { return {_mm512_setzero_pd()}; }
    static Pack all(double value) { return {_mm512_set1_pd(value)}; }
    static Pack load(const double* from) { return {_mm512_loadu_pd(from)}; }
    void store(double* to) const { _mm512_storeu_pd(to, lanes); }
    void add_product(const Pack& a, const Pack& b) { lanes = _mm512_fmadd_pd(a.lanes, b.lanes, lanes); }
};
#elif defined(__AVX2__) && defined(__FMA__)
template <>
struct Pack<float> {
    static constexpr Index kLanes = 8;
    __m256 lanes;
    static Pack zero() { return {_mm256_setzero_ps()}; }
    static Pack all(float value) { return {_mm256_set1_ps(value)}; }
    static Pack load(const float* from) { return {_mm256_loadu_ps(from)}; }
    void store(float* to) const { _mm256_storeu_ps(to, lanes); }
    void add_product(const Pack& a, const Pack& b) { lanes = _mm256_fmadd_ps(a.lanes, b.lanes, lanes); }
};
template <>
struct Pack<double> {
    static constexpr Index kLanes = 4;
    __m256d lanes;
    static Pack zero() { return {_mm256_setzero_pd()}; }
    static Pack all(double value) { return {_mm256_set1_pd(value)}; }
    static Pack load(const double* from) { return {_mm256_loadu_pd(from)}; }
    void store(double* to) const { _mm256_storeu_pd(to, lanes); }
    void add_product(const Pack& a, const Pack& b) { lanes = _mm256_fmadd_pd(a.lanes, b.lanes, lanes); }
};
#endif

}  // namespace bnrun
