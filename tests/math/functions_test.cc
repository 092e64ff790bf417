#include "math/functions.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <functional>
#include <type_traits>

#include "math/random.h"

namespace bnrun {
namespace {

/// Largest error in units in the last place against the 80-bit library function, over `count` arguments.
template <class T>
double worst_ulp(double low, double high, const std::function<T(T)>& ours,
                 const std::function<long double(long double)>& reference) {
    Random random(1, Stream::kCheck);
    double worst = 0;
    for (int i = 0; i < 200000; ++i) {
        const T x = static_cast<T>(low + (high - low) * random.uniform());
        const long double expected = reference(static_cast<long double>(x));
        const T rounded = static_cast<T>(std::abs(expected));
        const long double ulp = static_cast<long double>(std::nextafter(rounded, std::numeric_limits<T>::infinity())) -
                                static_cast<long double>(rounded);
        worst = std::max(worst, static_cast<double>(std::abs(static_cast<long double>(ours(x)) - expected) / ulp));
    }
    return worst;
}

long double exp_reference(long double x) { return std::exp(x); }
long double tanh_reference(long double x) { return std::tanh(x); }
long double log_reference(long double x) { return std::log(x); }
long double expm1_reference(long double x) { return std::expm1(x); }
long double log1p_reference(long double x) { return std::log1p(x); }
long double sigmoid_reference(long double x) { return 1 / (1 + std::exp(-x)); }

/// A number made of the bits of all values from -16 to 16 in steps of 1/128.
template <class T>
std::uint64_t bits_of(T (*function)(T)) {
    using Bits = std::conditional_t<sizeof(T) == sizeof(float), std::uint32_t, std::uint64_t>;
    std::uint64_t bits = 0;
    for (int i = -2048; i <= 2048; ++i) bits = bits * 31 + std::bit_cast<Bits>(function(static_cast<T>(i) / T(128)));
    return bits;
}

TEST(Elementary, TheBitsAreTheSameOnEveryMachine) {
    EXPECT_EQ(bits_of<float>(elementary::exp), 0x777938F01026FCCAU);
    EXPECT_EQ(bits_of<double>(elementary::exp), 0xA75FC4DEBA203144U);
    EXPECT_EQ(bits_of<float>(elementary::tanh), 0x2B6AB72BD6782E17U);
    EXPECT_EQ(bits_of<double>(elementary::tanh), 0xEE30371B32B0572AU);
    EXPECT_EQ(bits_of<double>([](double x) { return elementary::sine_cosine(x).sine; }), 0x97ECAE5ECF689FDEU);
    EXPECT_EQ(bits_of<double>([](double x) { return elementary::sine_cosine(x).cosine; }), 0x48E9826963A7300AU);
}

TEST(Elementary, ExpIsWithinTwoUlp) {
    EXPECT_LT(worst_ulp<float>(-87, 88, elementary::exp<float>, exp_reference), 2);
    EXPECT_LT(worst_ulp<float>(-1e-3, 1e-3, elementary::exp<float>, exp_reference), 2);
    EXPECT_LT(worst_ulp<double>(-708, 709, elementary::exp<double>, exp_reference), 2);
    EXPECT_LT(worst_ulp<double>(-1, 1, elementary::exp<double>, exp_reference), 2);
}

TEST(Elementary, TanhIsWithinFourUlp) {
    EXPECT_LT(worst_ulp<float>(-12, 12, elementary::tanh<float>, tanh_reference), 4);
    EXPECT_LT(worst_ulp<float>(-1e-3, 1e-3, elementary::tanh<float>, tanh_reference), 4);
    EXPECT_LT(worst_ulp<double>(-20, 20, elementary::tanh<double>, tanh_reference), 4);
    EXPECT_LT(worst_ulp<double>(-1e-6, 1e-6, elementary::tanh<double>, tanh_reference), 4);
}

TEST(Elementary, SigmoidIsWithinFourUlp) {
    EXPECT_LT(worst_ulp<float>(-87, 30, elementary::sigmoid<float>, sigmoid_reference), 4);
    EXPECT_LT(worst_ulp<double>(-700, 40, elementary::sigmoid<double>, sigmoid_reference), 4);
}

TEST(Elementary, LogIsWithinTwoUlp) {
    const auto log = [](double x) { return elementary::log(x); };
    EXPECT_LT(worst_ulp<double>(1e-300, 1e300, log, log_reference), 2);
    EXPECT_LT(worst_ulp<double>(0.5, 2, log, log_reference), 2);
    EXPECT_LT(worst_ulp<double>(1e-310, 1e-308, log, log_reference), 2);
    EXPECT_EQ(elementary::log(1.0), 0.0);
    EXPECT_TRUE(std::isinf(elementary::log(0.0)));
    EXPECT_TRUE(std::isnan(elementary::log(-1.0)));
}

TEST(Elementary, Expm1IsWithinFourUlp) {
    for (const double size : {1e-30, 1e-3, 0.4, 1.0, 10.0, 87.0}) {
        EXPECT_LT(worst_ulp<float>(-size, size, elementary::expm1<float>, expm1_reference), 4) << size;
        EXPECT_LT(worst_ulp<double>(-size, size, elementary::expm1<double>, expm1_reference), 4) << size;
    }
    EXPECT_EQ(elementary::expm1(0.0), 0.0);
    EXPECT_EQ(elementary::expm1(-1000.0), -1.0);
    EXPECT_EQ(elementary::expm1(-1e30F), -1.0F);
}

TEST(Elementary, Log1pOfAShareIsWithinTwoUlp) {
    for (const double size : {1e-30, 1e-5, 0.1, 1.0}) {
        EXPECT_LT(worst_ulp<float>(0, size, elementary::log1p<float>, log1p_reference), 2) << size;
        EXPECT_LT(worst_ulp<double>(0, size, elementary::log1p<double>, log1p_reference), 2) << size;
    }
    EXPECT_EQ(elementary::log1p(0.0), 0.0);
    EXPECT_EQ(elementary::log1p(1.0F), 0x1.62e430p-1F);
}

TEST(Elementary, SineAndCosineAreWithinTwoUlp) {
    const auto sine = [](double x) { return elementary::sine_cosine(x).sine; };
    const auto cosine = [](double x) { return elementary::sine_cosine(x).cosine; };
    const auto sine_reference = [](long double x) { return std::sin(x); };
    const auto cosine_reference = [](long double x) { return std::cos(x); };
    for (const double most : {1e-3, 0.78, 4.0, 1000.0}) {
        EXPECT_LT(worst_ulp<double>(-most, most, sine, sine_reference), 2) << most;
        EXPECT_LT(worst_ulp<double>(-most, most, cosine, cosine_reference), 2) << most;
    }
    EXPECT_EQ(sine(0), 0);
    EXPECT_EQ(cosine(0), 1);
}

TEST(Elementary, NotANumberStaysSo) {
    const float nan = std::nanf("");
    EXPECT_TRUE(std::isnan(elementary::expm1(nan)));
    EXPECT_TRUE(std::isnan(elementary::log1p(nan)));
    EXPECT_TRUE(std::isnan(elementary::exp(nan)));
    EXPECT_TRUE(std::isnan(elementary::sigmoid(nan)));
    EXPECT_TRUE(std::isnan(elementary::tanh(nan)));
}

TEST(Elementary, SaturatesBeyondItsLimits) {
    EXPECT_LT(elementary::sigmoid(-1000.0F), 1e-37F);
    EXPECT_EQ(elementary::sigmoid(1000.0F), 1.0F);
    EXPECT_EQ(elementary::tanh(1000.0), 1.0);
    EXPECT_EQ(elementary::tanh(-1000.0), -1.0);
}

}  // namespace
}  // namespace bnrun
