// Values that are worked on at once, each lane by itself. This one is a plain array, for long double. Those of float
// and double are machine vectors: pack_avx2.h, pack_avx512.h and pack_neon.h, of which math/simd.h includes those
// of the machine.
#pragma once

#include "math/matrix.h"

// What depends on the flags of its source has a name that does, so that the linker never takes one for the other.
#if defined(__AVX512F__)
#define BNRUN_ISA_NAMESPACE avx512
#elif defined(__aarch64__)
#define BNRUN_ISA_NAMESPACE neon
#else
#define BNRUN_ISA_NAMESPACE avx2
#endif

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

/// `lanes` values of T.
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

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
