// A machine vector with the one operation that products need: a fused multiply-add in each lane.
#pragma once

#include <immintrin.h>

#include <algorithm>
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

/// `lanes` values of T that the machine works on at once; the plain version serves any type and number of lanes.
template <class T, Index lanes>
struct Pack {
    std::array<T, static_cast<std::size_t>(lanes)> values;

    static Pack zero() { return all(T(0)); }
    static Pack all(T value) {
        Pack pack;
        pack.values.fill(value);
        return pack;
    }
    /// Of another type, too, whose values T holds.
    template <class From>
    static Pack load(const From* from) {
        Pack pack;
        std::copy_n(from, lanes, pack.values.begin());
        return pack;
    }
    void store(T* to) const { std::copy_n(values.begin(), lanes, to); }
    /// Past the caches, to a place aligned to the vector's size. Other threads may read it after finish_streams().
    void stream(T* to) const { store(to); }
    void add_product(const Pack& a, const Pack& b) {
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = add_product_of(a.values[i], b.values[i], values[i]);
    }
};

#if defined(__AVX512F__)
template <>
struct Pack<float, 16> {
    __m512 values;
    static Pack zero() { return {_mm512_setzero_ps()}; }
    static Pack all(float value) { return {_mm512_set1_ps(value)}; }
    static Pack load(const float* from) { return {_mm512_loadu_ps(from)}; }
    void store(float* to) const { _mm512_storeu_ps(to, values); }
    void stream(float* to) const { _mm512_stream_ps(to, values); }
    void add_product(const Pack& a, const Pack& b) { values = _mm512_fmadd_ps(a.values, b.values, values); }
};
template <>
struct Pack<double, 8> {
    __m512d values;
    static Pack zero() { return {_mm512_setzero_pd()}; }
    static Pack all(double value) { return {_mm512_set1_pd(value)}; }
    static Pack load(const double* from) { return {_mm512_loadu_pd(from)}; }
    static Pack load(const float* from) { return {__builtin_convertvector(_mm256_loadu_ps(from), __m512d)}; }
    void store(double* to) const { _mm512_storeu_pd(to, values); }
    void stream(double* to) const { _mm512_stream_pd(to, values); }
    void add_product(const Pack& a, const Pack& b) { values = _mm512_fmadd_pd(a.values, b.values, values); }
};
#endif

#if defined(__AVX2__) && defined(__FMA__)
template <>
struct Pack<float, 8> {
    __m256 values;
    static Pack zero() { return {_mm256_setzero_ps()}; }
    static Pack all(float value) { return {_mm256_set1_ps(value)}; }
    static Pack load(const float* from) { return {_mm256_loadu_ps(from)}; }
    void store(float* to) const { _mm256_storeu_ps(to, values); }
    void stream(float* to) const { _mm256_stream_ps(to, values); }
    void add_product(const Pack& a, const Pack& b) { values = _mm256_fmadd_ps(a.values, b.values, values); }
};
template <>
struct Pack<double, 4> {
    __m256d values;
    static Pack zero() { return {_mm256_setzero_pd()}; }
    static Pack all(double value) { return {_mm256_set1_pd(value)}; }
    static Pack load(const double* from) { return {_mm256_loadu_pd(from)}; }
    static Pack load(const float* from) { return {_mm256_cvtps_pd(_mm_loadu_ps(from))}; }
    void store(double* to) const { _mm256_storeu_pd(to, values); }
    void stream(double* to) const { _mm256_stream_pd(to, values); }
    void add_product(const Pack& a, const Pack& b) { values = _mm256_fmadd_pd(a.values, b.values, values); }
};
#endif

inline void finish_streams() { _mm_sfence(); }

/// Lanes of the machine's widest vector, and of half of it, which the last columns of a product may make do with.
#if defined(__AVX512F__)
inline constexpr Index kVectorBytes = 64;
#else
inline constexpr Index kVectorBytes = 32;
#endif
template <class T>
inline constexpr Index kLanes = sizeof(T) <= sizeof(double) ? kVectorBytes / static_cast<Index>(sizeof(T)) : 1;

}  // namespace bnrun
