#include "math/quadrature.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "math/functions.h"

namespace bnrun {
namespace {

constexpr double kPi = std::numbers::pi;

double relu(double x) { return x > 0 ? x : 0; }
double step(double x) { return x > 0 ? 1 : 0; }
double erf_of(double x) { return std::erf(x); }

void expect_close(double value, double expected) { EXPECT_NEAR(value / expected, 1, 1e-10) << value; }

TEST(Quadrature, IntegratesPolynomialsOfDegree13ByBothRules) {
    for (int degree = 0; degree <= 13; ++degree) {
        int calls = 0;
        const double found = integral([&](double x) { return ++calls, std::pow(x, degree); }, 0, 2);
        expect_close(found, std::pow(2.0, degree + 1) / (degree + 1));
        EXPECT_EQ(calls, 15) << degree;
    }
}

TEST(Quadrature, HalvesIntervalsUntilASpikeIsMet) {
    expect_close(integral([](double x) { return 1 / (1e-8 + x * x); }, -1, 1), 2e4 * std::atan(1e4));
}

TEST(Quadrature, HasTheMomentsOfANormalValue) {
    const NormalValue u{0.5, 2};
    expect_close(normal_mean([](double) { return 1.0; }, u), 1);
    expect_close(normal_mean([](double x) { return x; }, u), 0.5);
    expect_close(normal_mean([](double x) { return x * x; }, u), 4.25);
    expect_close(normal_mean([](double x) { return std::pow(x - 0.5, 8); }, u), 105 * 256.0);
}

// E[erf(u)] = erf(mean / sqrt(1 + 2 variance))
TEST(Quadrature, HasTheMeanOfErf) {
    for (const double deviation : {1e-3, 0.5, 1.0, 20.0, 1e4}) {
        const NormalValue u{0.3, deviation};
        expect_close(normal_mean(erf_of, u), std::erf(0.3 / std::sqrt(1 + 2 * deviation * deviation)));
    }
}

// E[max(u, 0)] = mean Phi(mean / sd) + sd phi(mean / sd)
TEST(Quadrature, HasTheMeansOfFunctionsWithAKink) {
    for (const double mean : {-3.0, -0.1, 0.0, 0.7, 5.0}) {
        for (const double deviation : {0.01, 1.0, 30.0}) {
            const double z = mean / deviation;
            if (z < -30) continue;
            const double below = 0.5 * std::erfc(-z / std::numbers::sqrt2);
            const double density = std::exp(-z * z / 2) / std::sqrt(2 * kPi);
            const double expected = mean * below + deviation * density;
            EXPECT_NEAR(normal_mean(relu, {mean, deviation}), expected, 1e-10 * (expected + 1e-12)) << mean;
            EXPECT_NEAR(normal_mean(step, {mean, deviation}), below, 1e-10 * (below + 1e-12)) << mean;
        }
    }
}

// E[erf(u) erf(v)] = 2/pi asin(2 q c / (1 + 2 q)) for u, v of variance q and correlation c (Williams 1997).
TEST(Quadrature, HasThePairMeanOfErf) {
    for (const double deviation : {0.1, 1.0, 50.0}) {
        for (const double correlation : {-1.0, -0.4, 0.2, 0.9, 0.999999, 1.0}) {
            const double q = deviation * deviation;
            const double expected = 2 / kPi * std::asin(2 * q * correlation / (1 + 2 * q));
            expect_close(normal_pair_mean(erf_of, {0, deviation}, correlation), expected);
        }
    }
}

// With c = cos t: E[relu relu] = q (sin t + (pi - t) c) / (2 pi), and of the steps (pi - t) / (2 pi) (Cho and Saul
// 2009).
TEST(Quadrature, HasTheArcCosineKernels) {
    for (const double correlation : {-0.9, -0.3, 0.0, 0.5, 0.99, 1 - 1e-9, 1.0}) {
        const double angle = std::acos(correlation);
        const NormalValue u{0, 3};
        expect_close(normal_pair_mean(relu, u, correlation),
                     9 * (std::sin(angle) + (kPi - angle) * correlation) / (2 * kPi));
        expect_close(normal_pair_mean(step, u, correlation), (kPi - angle) / (2 * kPi));
    }
}

// The integrand is nothing but rounding, which no halving of intervals makes better.
TEST(Quadrature, OddFunctionsOfIndependentValuesHaveNothingInCommon) {
    int calls = 0;
    const auto odd = [&](double x) { return ++calls, std::tanh(x); };
    EXPECT_NEAR(normal_pair_mean(odd, {0, 2}, 0), 0, 1e-15);
    EXPECT_NEAR(normal_pair_mean(odd, {0, 2}, 1e-12) / 1e-12, normal_pair_mean(odd, {0, 2}, 1e-6) / 1e-6, 1e-4);
    EXPECT_LT(calls, 1000000);
}

TEST(Quadrature, TakesANumberForAValueWithoutDeviation) {
    EXPECT_EQ(normal_mean(relu, {2, 0}), 2);
    EXPECT_EQ(normal_pair_mean(relu, {2, 0}, 0.5), 4);
}

TEST(Quadrature, IsNanWhereTheValueIsNot) {
    EXPECT_TRUE(std::isnan(normal_mean(relu, {0, INFINITY})));
    EXPECT_TRUE(std::isnan(normal_mean(relu, {NAN, 1})));
    EXPECT_TRUE(std::isnan(normal_pair_mean(relu, {NAN, 1}, 0.5)));
}

// Tails count: a saturated sigmoid's slope is nearly all within a narrow part of a wide value.
TEST(Quadrature, FindsWhatIsNarrow) {
    const auto slope = [](double x) {
        const double s = elementary::sigmoid(x);
        return s * (1 - s);
    };
    const double wide = normal_mean(slope, {0, 1e5});  // the slope's integral is 1
    EXPECT_NEAR(wide * 1e5 * std::sqrt(2 * kPi), 1, 1e-9);
}

}  // namespace
}  // namespace bnrun
