// Machine vectors: one with a fused multiply-add in each lane, for kernels; and a way to have plain loops compiled for
// every instruction set.
#pragma once

#include <immintrin.h>

#include <cmath>

#include "math/isa.h"
#include "math/matrix.h"

// What depends on the flags of its source has a name that does, so that the linker never takes one for the other.
#if defined(__AVX512F__)
#define BNRUN_ISA_NAMESPACE avx512
#else
#define BNRUN_ISA_NAMESPACE avx2
#endif

/// Before a loop: what it writes in one turn, no other reads, so that writing over an operand's place is no hindrance.
#if defined(__clang__)
#define BNRUN_INDEPENDENT_TURNS
#else
#define BNRUN_INDEPENDENT_TURNS _Pragma("GCC ivdep")
#endif

namespace bnrun {

/// a b + sum, rounded once in float and double; the processor has no such operation for long double.
template <class T>
inline T add_product_of(T a, T b, T sum) {
    if constexpr (sizeof(T) <= sizeof(double)) {
        return std::fma(a, b, sum);
    } else {
        return a * b + sum;
    }
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

/// Calls work(): one version is enough for a sanitizer, and two of everything inlined take it minutes to compile.
template <class Work>
void vectorized(const Work& work) {
    work();
}

#else

namespace detail {

// Of AVX-512, what Skylake-X and Zen 4 have had from the start. Not `arch=`, which keeps functions from being inlined.
#if defined(__clang__)
#define BNRUN_TARGET_AVX512 gnu::target("avx512f,avx512vl,avx512dq,avx512bw")
#else
#define BNRUN_TARGET_AVX512 gnu::target("avx512f,avx512vl,avx512dq,avx512bw,prefer-vector-width=512")
#endif

template <class Work>
[[BNRUN_TARGET_AVX512, gnu::noinline, gnu::flatten]] void with_avx512(const Work& work) {
    work();
}

template <class Work>
[[gnu::noinline, gnu::flatten]] void with_avx2(const Work& work) {
    work();
}

}  // namespace detail

/// Calls work(), of which the compiler makes a version for each instruction set: loops over plain arrays become those
/// of machine vectors, with the same results, as every operation is rounded by itself. All that it calls becomes part
/// of it, so that it is for arithmetic alone.
template <class Work>
void vectorized(const Work& work) {
    if (isa() == Isa::kAvx512) {
        detail::with_avx512(work);
    } else {
        detail::with_avx2(work);
    }
}

#endif

inline namespace BNRUN_ISA_NAMESPACE {

/// `lanes` values of T that the machine works on at once; those below are machine vectors, this one serves long double.
template <class T, Index lanes>
struct Pack {
    T values[lanes];
    static Pack all(T value) {
        Pack pack;
        for (T& lane : pack.values) lane = value;
        return pack;
    }
    static Pack load(const T* from) {
        Pack pack;
        for (Index i = 0; i < lanes; ++i) pack.values[i] = from[i];
        return pack;
    }
    void store(T* to) const {
        for (Index i = 0; i < lanes; ++i) to[i] = values[i];
    }
    friend Pack operator+(Pack a, const Pack& b) {
        for (Index i = 0; i < lanes; ++i) a.values[i] += b.values[i];
        return a;
    }
    friend Pack operator-(Pack a, const Pack& b) {
        for (Index i = 0; i < lanes; ++i) a.values[i] -= b.values[i];
        return a;
    }
    friend Pack operator*(Pack a, const Pack& b) {
        for (Index i = 0; i < lanes; ++i) a.values[i] *= b.values[i];
        return a;
    }
    /// Lanes of x where those of a and b are equal, else of y.
    static Pack where_equal(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        Pack pack;
        for (Index i = 0; i < lanes; ++i) pack.values[i] = a.values[i] == b.values[i] ? x.values[i] : y.values[i];
        return pack;
    }
    /// Lanes of x where a is larger than b or NaN, and b is not; else of y.
    static Pack where_beats(const Pack& a, const Pack& b, const Pack& x, const Pack& y) {
        Pack pack;
        for (Index i = 0; i < lanes; ++i) {
            const bool beats = !(a.values[i] <= b.values[i]) && b.values[i] == b.values[i];
            pack.values[i] = beats ? x.values[i] : y.values[i];
        }
        return pack;
    }
};

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
};

#if defined(__AVX512F__)
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

inline constexpr Index kVectorBytes = 64;
#else
inline constexpr Index kVectorBytes = 32;
#endif

/// Lanes of the widest vector.
template <class T>
inline constexpr Index kLanes = kVectorBytes / static_cast<Index>(sizeof(T));

}  // namespace BNRUN_ISA_NAMESPACE

}  // namespace bnrun
