// Machine vectors: one with a fused multiply-add in each lane, for kernels; and a way to have plain loops compiled for
// every instruction set.
#pragma once

#include <cmath>

#include "math/isa.h"
#include "math/matrix.h"

#if defined(__aarch64__)
#include "math/pack_neon.h"
#elif defined(__AVX512F__)
#include "math/pack_avx512.h"
#else
#include "math/pack_avx2.h"
#endif

/// Before a loop: what it writes in one turn, no other reads, so that writing over an operand's place is no hindrance.
#if defined(__clang__)
#define BNRUN_INDEPENDENT_TURNS
#else
#define BNRUN_INDEPENDENT_TURNS _Pragma("GCC ivdep")
#endif

namespace bnrun {

/// a b + sum, rounded once in float and double; x86 has no such operation for long double.
template <class T>
inline T add_product_of(T a, T b, T sum) {
    if constexpr (sizeof(T) <= sizeof(double)) {
        return std::fma(a, b, sum);
    } else {
        return a * b + sum;
    }
}

#if defined(BNRUN_SANITIZED)  // by CMake: clang defines no macro of its own

/// Calls work(): one version is enough for a sanitizer, and two of everything inlined take it minutes to compile.
template <class Work>
void vectorized(const Work& work) {
    work();
}

#elif defined(__aarch64__)

/// As below, but there is one instruction set.
template <class Work>
[[gnu::noinline, gnu::flatten]] void vectorized(const Work& work) {
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

#if defined(__AVX512F__)
inline constexpr Index kVectorBytes = 64;
#else
inline constexpr Index kVectorBytes = 32;  // with NEON, a pair of vectors
#endif

/// Lanes of the widest vector.
template <class T>
inline constexpr Index kLanes = kVectorBytes / static_cast<Index>(sizeof(T));

}  // namespace BNRUN_ISA_NAMESPACE

}  // namespace bnrun
