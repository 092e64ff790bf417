// exp, log, tanh, the logistic function, sine and cosine from +, *, /, fma and bit operations alone: the same bits on
// every machine and in every vector width, unlike the standard library's. Errors are at most 2 units in the last place
// (log, log1p, exp, sine and cosine) or 4 (expm1, tanh, sigmoid) where the result is a normal number; tests hold them
// to that. Other scalar types use the standard library.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace bnrun::elementary {

template <class T>
struct ExpTraits;

template <>
struct ExpTraits<float> {
    using Bits = std::uint32_t;
    static constexpr int kMantissa = 23;
    static constexpr int kBias = 127;
    static constexpr int kTerms = 8;  ///< of the series of expm1 on [-ln2/2, ln2/2]
    static constexpr float kLimit = 88.0F;
    static constexpr float kRound = 0x1.8p23F;  ///< adding it rounds to an integer
    static constexpr float kLn2High = 0x1.62e4p-1F;
    static constexpr float kLn2Low = 0x1.7f7d1cp-20F;
};

template <>
struct ExpTraits<double> {
    using Bits = std::uint64_t;
    static constexpr int kMantissa = 52;
    static constexpr int kBias = 1023;
    static constexpr int kTerms = 14;
    static constexpr double kLimit = 709.0;
    static constexpr double kRound = 0x1.8p52;
    static constexpr double kLn2High = 0x1.62e42fefap-1;
    static constexpr double kLn2Low = 0x1.cf79abc9e3b3ap-40;
};

template <class T>
inline constexpr bool kOwn = std::is_same_v<T, float> || std::is_same_v<T, double>;

inline float fused(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
inline double fused(double a, double b, double c) { return __builtin_fma(a, b, c); }

/// 1 / n!
template <class T>
constexpr T inverse_factorial(int n) {
    double value = 1;
    for (int i = 2; i <= n; ++i) value /= i;
    return static_cast<T>(value);
}

/// x = n ln2 + r with |r| <= ln2/2, up to rounding; |x| <= kLimit.
template <class T>
struct Reduced {
    T scale;          ///< 2^n
    T expm1_of_rest;  ///< exp(r) - 1
};

template <class T>
inline Reduced<T> reduce(T x) {
    using Traits = ExpTraits<T>;
    using Bits = typename Traits::Bits;
    constexpr T kLog2E = static_cast<T>(1.4426950408889634);
    const T shifted = fused(x, kLog2E, Traits::kRound);
    const T n = shifted - Traits::kRound;
    const T rest = fused(n, -Traits::kLn2Low, fused(n, -Traits::kLn2High, x));
    T series = inverse_factorial<T>(Traits::kTerms);
#pragma GCC unroll 16
    for (int i = Traits::kTerms - 1; i >= 2; --i) series = fused(series, rest, inverse_factorial<T>(i));
    const T expm1 = fused(series * rest, rest, rest);
    // The low bits of `shifted` hold n; adding the bias and moving it to the exponent's place makes 2^n.
    const Bits exponent = std::bit_cast<Bits>(shifted) + static_cast<Bits>(Traits::kBias);
    return {std::bit_cast<T>(static_cast<Bits>(exponent << Traits::kMantissa)), expm1};
}

/// e^x for |x| up to 88 (float) or 709 (double); beyond, the value at that limit. NaN stays NaN.
template <class T>
inline T exp(T x) {
    if constexpr (kOwn<T>) {
        constexpr T kLimit = ExpTraits<T>::kLimit;
        const T low = x < -kLimit ? -kLimit : x;
        const T within = low > kLimit ? kLimit : low;
        const Reduced<T> reduced = reduce(within);
        return fused(reduced.scale, reduced.expm1_of_rest, reduced.scale);
    } else {
        return std::exp(x);
    }
}

/// The logistic function 1 / (1 + e^-x).
template <class T>
inline T sigmoid(T x) {
    return T(1) / (T(1) + exp(-x));
}

/// e^x - 1 for |x| up to 88 (float) or 709 (double).
template <class T>
inline T expm1_within(T x) {
    const Reduced<T> reduced = reduce(x);
    return fused(reduced.scale, reduced.expm1_of_rest, reduced.scale - T(1));
}

/// e^x - 1; beyond exp's limits, the value at that limit.
template <class T>
inline T expm1(T x) {
    if constexpr (kOwn<T>) {
        constexpr T kLimit = ExpTraits<T>::kLimit;
        const T low = x < -kLimit ? -kLimit : x;
        return expm1_within(low > kLimit ? kLimit : low);
    } else {
        return std::expm1(x);
    }
}

template <class T>
inline T tanh(T x) {
    if constexpr (kOwn<T>) {
        constexpr T kLimit = static_cast<T>(20);  // tanh is 1 to the last place from here on
        const T low = x < -kLimit ? -kLimit : x;
        const T within = low > kLimit ? kLimit : low;
        const T expm1 = expm1_within(T(2) * within);
        return expm1 / (expm1 + T(2));
    } else {
        return std::tanh(x);
    }
}

/// Natural logarithm of a positive finite number; -infinity at 0, NaN below.
inline double log(double x) {
    if (!(x > 0)) return x == 0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    if (!(x < std::numeric_limits<double>::infinity())) return x;
    const bool subnormal = x < std::numeric_limits<double>::min();
    const auto bits = std::bit_cast<std::uint64_t>(subnormal ? x * 0x1p54 : x);
    int exponent = static_cast<int>(bits >> 52) - 1023 - (subnormal ? 54 : 0);
    double mantissa = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
    if (mantissa > 1.4142135623730951) {
        mantissa *= 0.5;
        ++exponent;
    }
    // ln m = 2 artanh(s), s = (m-1)/(m+1), by its series; f - s (f - t) keeps the leading term exact (Tang 1990).
    const double f = mantissa - 1;
    const double s = f / (mantissa + 1);
    const double square = s * s;
    double series = 2.0 / 25;
    for (int i = 23; i >= 3; i -= 2) series = fused(series, square, 2.0 / i);
    const double tail = series * square;
    const double n = exponent;
    const double low = fused(n, ExpTraits<double>::kLn2Low, -s * (f - tail));
    return fused(n, ExpTraits<double>::kLn2High, f + low);
}

inline long double log(long double x) { return std::log(x); }

/// ln(1 + x) for x from 0 to 1, without losing a small x.
template <class T>
inline T log1p(T x) {
    if constexpr (kOwn<T>) {
        // As in log, with s = x / (2 + x) of up to 1/3.
        constexpr int kLast = std::is_same_v<T, float> ? 17 : 35;
        const T s = x / (T(2) + x);
        const T square = s * s;
        T series = static_cast<T>(2.0 / kLast);
#pragma GCC unroll 16
        for (int i = kLast - 2; i >= 3; i -= 2) series = fused(series, square, static_cast<T>(2.0 / i));
        return x - s * (x - series * square);
    } else {
        return std::log1p(x);
    }
}

struct SineCosine {
    double sine;
    double cosine;
};

/// Of an angle in radians, at most 1000 in magnitude.
inline SineCosine sine_cosine(double x) {
    constexpr double kTwoOverPi = 0.63661977236758134;
    constexpr double kHalfPiHigh = 1.5707963267948966;
    constexpr double kHalfPiLow = 6.123233995736766e-17;
    // x = n pi/2 + r with |r| <= pi/4; then the series of sin(r) and cos(r), and a turn by n quarters.
    const double n = fused(x, kTwoOverPi, ExpTraits<double>::kRound) - ExpTraits<double>::kRound;
    const double rest = fused(-n, kHalfPiLow, fused(-n, kHalfPiHigh, x));
    const double square = rest * rest;
    double odd = -inverse_factorial<double>(15);
    for (int i = 13; i >= 3; i -= 2) odd = fused(odd, square, (i % 4 == 1 ? 1 : -1) * inverse_factorial<double>(i));
    double even = inverse_factorial<double>(16);
    for (int i = 14; i >= 2; i -= 2) even = fused(even, square, (i % 4 == 0 ? 1 : -1) * inverse_factorial<double>(i));
    const double sine = fused(odd * square, rest, rest);
    const double cosine = fused(even, square, 1.0);
    switch (static_cast<int>(n) & 3) {
        case 0: return {sine, cosine};
        case 1: return {cosine, -sine};
        case 2: return {-sine, -cosine};
        default: return {-cosine, sine};
    }
}

}  // namespace bnrun::elementary
