#include "math/normal.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "math/random.h"

namespace bnrun {
namespace {

constexpr long double kRootTwo = 1.41421356237309504880168872421L;

long double distribution_of(long double x) { return std::erfc(-x / kRootTwo) / 2; }
long double density_of(long double x) { return std::exp(-x * x / 2) * 0.398942280401432677939946059934L; }
long double scaled_erfc_of(long double z) { return std::exp(z * z) * std::erfc(z); }

/// In units of T's last place.
template <class T>
double error_of(T ours, long double expected) {
    const T rounded = static_cast<T>(expected);
    const long double ulp = static_cast<long double>(std::nextafter(rounded, std::numeric_limits<T>::infinity())) -
                            static_cast<long double>(rounded);
    return static_cast<double>(std::abs(static_cast<long double>(ours) - expected) / ulp);
}

struct Errors {
    double scaled_erfc = 0;
    double distribution = 0;
    double density = 0;
};

/// The largest of 200000 arguments from low to high; scaled_erfc's are without their sign.
template <class T>
Errors worst_errors(double low, double high) {
    Random random(1, Stream::kCheck);
    Errors worst;
    for (int i = 0; i < 200000; ++i) {
        const T x = static_cast<T>(low + (high - low) * random.uniform());
        const auto exact = static_cast<long double>(x);
        const elementary::Normal<T> ours = elementary::normal(x);
        const T size = std::abs(x);
        worst.scaled_erfc = std::max(worst.scaled_erfc, error_of(elementary::scaled_erfc(size), scaled_erfc_of(size)));
        worst.distribution = std::max(worst.distribution, error_of(ours.distribution, distribution_of(exact)));
        worst.density = std::max(worst.density, error_of(ours.density, density_of(exact)));
    }
    return worst;
}

template <class T>
void expect_within_limits(double low, double high) {
    const Errors worst = worst_errors<T>(low, high);
    EXPECT_LT(worst.scaled_erfc, 6) << low << " " << high;
    EXPECT_LT(worst.distribution, 8) << low << " " << high;
    EXPECT_LT(worst.density, 8) << low << " " << high;
}

TEST(Normal, IsWithinItsUlpsWhereResultsAreNormalNumbers) {
    for (const double size : {1e-10, 1e-3, 0.1, 1.0, 3.0, 6.0, 13.0}) {
        expect_within_limits<float>(-size, size);
        expect_within_limits<double>(-size, size);
    }
    expect_within_limits<double>(-37.4, -20);
}

TEST(Normal, TheErrorFunctionFollowsFromIt) {
    Random random(2, Stream::kCheck);
    double worst = 0;
    for (int i = 0; i < 200000; ++i) {
        const double x = 12 * random.uniform() - 6;
        const double ours = 2 * elementary::normal(x * static_cast<double>(kRootTwo)).distribution - 1;
        worst = std::max(worst, std::abs(ours - static_cast<double>(std::erf(static_cast<long double>(x)))));
    }
    EXPECT_LT(worst, 6e-16);
}

TEST(Normal, HasWhatTablesHave) {
    EXPECT_EQ(elementary::normal(0.0).distribution, 0.5);
    EXPECT_EQ(elementary::normal(-0.0F).distribution, 0.5F);
    EXPECT_NEAR(elementary::normal(1.0).distribution, 0.84134474606854294859, 1e-15);
    EXPECT_NEAR(elementary::normal(-1.959963984540054).distribution, 0.025, 1e-16);
    EXPECT_NEAR(elementary::normal(0.0).density, 0.39894228040143267794, 1e-16);
    EXPECT_NEAR(elementary::normal(2.0).density, 0.053990966513188051949, 1e-16);
}

TEST(Normal, GoesToItsLimitsAndLetsNotANumberThrough) {
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    for (const float x : {14.0F, 1e10F, kInfinity}) {
        EXPECT_EQ(elementary::normal(x).distribution, 1.0F);
        EXPECT_LT(elementary::normal(x).density, 1e-38F);
        EXPECT_LT(elementary::normal(-x).distribution, 1e-38F);
        EXPECT_GE(elementary::normal(-x).distribution, 0.0F);
        EXPECT_EQ(elementary::normal(static_cast<double>(4 * x)).distribution, 1.0);
        EXPECT_LT(elementary::normal(static_cast<double>(-4 * x)).distribution, 1e-300);
    }
    EXPECT_TRUE(std::isnan(elementary::normal(std::nanf("")).distribution));
    EXPECT_TRUE(std::isnan(elementary::normal(std::nan("")).density));
}

/// Of all values from -16 to 16 in steps of 1/128.
template <class T, class Bits>
std::uint64_t bits_of_all() {
    std::uint64_t bits = 0;
    for (int i = -2048; i <= 2048; ++i) {
        const elementary::Normal<T> normal = elementary::normal(static_cast<T>(i) / T(128));
        bits = bits * 31 + std::bit_cast<Bits>(normal.distribution);
        bits = bits * 31 + std::bit_cast<Bits>(normal.density);
    }
    return bits;
}

TEST(Normal, TheBitsAreTheSameOnEveryMachine) {
    EXPECT_EQ((bits_of_all<float, std::uint32_t>()), 0xFDFB3764CA32839EU);
    EXPECT_EQ((bits_of_all<double, std::uint64_t>()), 0xC7479C9CEDB5AD15U);
}

}  // namespace
}  // namespace bnrun
