// The normal distribution, from exp and the complementary error function: own arithmetic as in functions.h, so that the
// bits are the same everywhere. Errors are at most 6 units in the last place (scaled_erfc) or 8 (normal) where the
// result is a normal number; tests hold them to that. Other scalar types use the standard library.
#pragma once

#include <array>

#include "math/functions.h"

namespace bnrun::elementary {

/// Chebyshev coefficients, the first one halved, of (1 + 2z) e^(z^2) erfc(z) in t = (z - 4) / (z + 4), z from 0 to
/// infinity (Shepherd and Laframboise 1981): c_j = 2/N sum over n of f(t_n) cos(j pi (n + 1/2) / N), t_n = cos(pi
/// (n + 1/2) / N), of N = 400 points in 40 digits. The rest is below 3e-18; of those from the 13th on, below 4e-9.
inline constexpr std::array<double, 25> kErfcCoefficients{
    0x1.2d6f89fde5d31p+0,   -0x1.dbd7f406f0499p-8,  -0x1.4cdca869ad5c3p-4,  0x1.ec465395e4195p-5,
    -0x1.d71abf3cb584ep-6,  0x1.5b32ddd011bcbp-7,   -0x1.9b29d047b35d8p-9,  0x1.86ef5f940a354p-11,
    -0x1.1f3f05651159ap-13, 0x1.204c1fa3be6c7p-16,  -0x1.804fd072268f5p-21, -0x1.04813a1b8a43fp-22,
    0x1.df061781bececp-25,  -0x1.216acaa8bc34bp-29, -0x1.421950d8f4ea7p-30, 0x1.a3fa2e79e6fdep-33,
    0x1.efb3e315738f5p-37,  -0x1.e59f50c0d2a6dp-38, 0x1.9ce35d0f342aap-44,  0x1.e31cd1e31c253p-43,
    -0x1.091c39299cbc7p-46, -0x1.e08757ddb404fp-48, 0x1.b09c53938c643p-51,  0x1.ffeb28f8a7c30p-53,
    -0x1.246d137a7141bp-55};

/// e^(z^2) erfc(z), where erfc(z) = 1 - erf(z) is 2/sqrt(pi) times the integral of e^(-s^2) from z on; z at least 0.
template <class T>
inline T scaled_erfc(T z) {
    constexpr int kTerms = std::is_same_v<T, float> ? 13 : 25;
    const T t = (z - T(4)) / (z + T(4));
    T next = 0;
    T after = 0;
#pragma GCC unroll 32
    for (int j = kTerms - 1; j >= 1; --j) {  // Clenshaw
        const T here = fused(T(2) * t, next, static_cast<T>(kErfcCoefficients[static_cast<std::size_t>(j)]) - after);
        after = next;
        next = here;
    }
    return fused(t, next, static_cast<T>(kErfcCoefficients[0]) - after) / fused(T(2), z, T(1));
}

template <class T>
struct Normal {
    T density;       ///< phi(x) = e^(-x^2/2) / sqrt(2 pi)
    T distribution;  ///< Phi(x) = (1 + erf(x / sqrt 2)) / 2, the integral of the density up to x
};

/// Beyond this both are what they are here: where e^(-x^2/2) reaches exp's limit.
template <class T>
inline constexpr T kNormalLimit = static_cast<T>(std::is_same_v<T, float> ? 13.266499F : 37.656341);

/// Mean 0, deviation 1. Small values below x = 0 keep their precision. NaN stays NaN.
template <class T>
inline Normal<T> normal(T x) {
    constexpr T kDensityAtZero = static_cast<T>(0.398942280401432677939946L);
    constexpr T kRootHalf = static_cast<T>(0.707106781186547524400844L);
    if constexpr (kOwn<T>) {
        constexpr T kLimit = kNormalLimit<T>;
        const T size = x < T(0) ? -x : x;
        const T within = size > kLimit ? kLimit : size;
        // e^(-x^2/2), with what rounding leaves of the square.
        const T square = within * within;
        const T left = fused(within, within, -square);
        const T rounded = exp(T(-0.5) * square);
        const T power = fused(T(-0.5) * left, rounded, rounded);
        const T tail = T(0.5) * power * scaled_erfc(kRootHalf * within);
        return {kDensityAtZero * power, x > T(0) ? T(1) - tail : tail};
    } else {
        return {kDensityAtZero * std::exp(T(-0.5) * x * x), T(0.5) * std::erfc(-kRootHalf * x)};
    }
}

}  // namespace bnrun::elementary
