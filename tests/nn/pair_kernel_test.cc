#include "nn/pair_kernel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/matrices.h"

namespace bnrun {
namespace {

constexpr double kPi = std::numbers::pi;

TEST(PairKernel, MeansOverABatchCountEachKindOfPair) {
    const BatchPairs pairs{6, 3};  // a sample has 1 other of its class, and 4 of other classes
    const Kernel kernel{10, 5, 1};
    EXPECT_DOUBLE_EQ(pairs.mean_of_pairs(kernel), (5 + 4 * 1) / 5.0);
    EXPECT_DOUBLE_EQ(pairs.mean(kernel), (10 + 5 + 4 * 1) / 6.0);
}

TEST(PairKernel, ASmallBatchHasNoPairsOfAClass) {
    EXPECT_DOUBLE_EQ((BatchPairs{4, 10}.mean_of_pairs({10, 5, 1})), 1);
    EXPECT_DOUBLE_EQ((BatchPairs{1, 10}.mean({10, 5, 1})), 10);
}

TEST(PairKernel, AddsAndMultipliesEntryByEntry) {
    const Kernel a{1, 2, 3};
    const Kernel sum = a + Kernel{10, 20, 30};
    const Kernel product = a * Kernel{10, 20, 30};
    EXPECT_EQ(sum.square + 100 * sum.same + 10000 * sum.other, 11 + 2200 + 330000);
    EXPECT_EQ(product.square + 1000 * product.same + 1e6 * product.other, 10 + 40000 + 90e6);
}

// Images (1, 2), (3, 0) of class 7 and (0, 4) of class 1.
TEST(PairKernel, HasTheMomentsOfABatch) {
    Matrix<double> x(2, 3);
    x << 1, 3, 0, 2, 0, 4;
    const Signal signal = signal_of(Panels<double>(x), {7, 7, 1});
    EXPECT_DOUBLE_EQ(signal.kernel.square, (5 + 9 + 16) / 3.0 / 2);
    EXPECT_DOUBLE_EQ(signal.kernel.same, 3 / 2.0);
    EXPECT_DOUBLE_EQ(signal.kernel.other, (8 + 0) / 2.0 / 2);
    EXPECT_DOUBLE_EQ(signal.mean, 10 / 6.0);
}

TEST(PairKernel, WhereAKindOfPairIsMissingItIsLikeTheOther) {
    Matrix<double> x(1, 2);
    x << 2, 3;
    EXPECT_DOUBLE_EQ(signal_of(Panels<double>(x), {0, 1}).kernel.same, 6);
    EXPECT_DOUBLE_EQ(signal_of(Panels<double>(x), {1, 1}).kernel.other, 6);
}

// Cho and Saul 2009, of variance 4 and the correlations 1/2 and 0.
TEST(PairKernel, ReluHasTheArcCosineKernels) {
    const Signal values{{4, 2, 0}, 0};
    const Signal after = activated(Activation::kRelu, values);
    EXPECT_NEAR(after.kernel.square, 2, 1e-9);
    EXPECT_NEAR(after.kernel.same, 4 * (std::sqrt(0.75) + kPi * 2 / 3 / 2) / (2 * kPi), 1e-9);
    EXPECT_NEAR(after.kernel.other, 4 / (2 * kPi), 1e-9);
    EXPECT_NEAR(after.mean, 2 / std::sqrt(2 * kPi), 1e-9);
    const Kernel slope = slopes(Activation::kRelu, values);
    EXPECT_NEAR(slope.square, 0.5, 1e-9);
    EXPECT_NEAR(slope.same, 1.0 / 3, 1e-9);
    EXPECT_NEAR(slope.other, 0.25, 1e-9);
}

TEST(PairKernel, ALinearFunctionChangesNothingButPreluHasItsFirstSlope) {
    const Signal values{{5, 2, 0.5}, 0.7};
    const Signal after = activated(Activation::kLinear, values);
    EXPECT_NEAR(after.kernel.square, 5, 1e-9);
    EXPECT_NEAR(after.kernel.same, 2, 1e-9);
    EXPECT_NEAR(after.kernel.other, 0.5, 1e-9);
    EXPECT_NEAR(after.mean, 0.7, 1e-9);
    EXPECT_NEAR(activated(Activation::kPrelu, {{1, 0, 0}, 0}).kernel.square, 0.5 * (1 + 0.04), 1e-9);
    EXPECT_NEAR(slopes(Activation::kPrelu, {{1, 0, 0}, 0}).other, 0.36, 1e-9);
}

TEST(PairKernel, DerivativesAreThoseOfTheFunctions) {
    for (std::size_t i = 0; i < kActivationNames.size(); ++i) {
        const auto activation = static_cast<Activation>(i);
        for (const double x : {-2.3, -0.4, 0.6, 3.1}) {
            const double h = 1e-5;
            const double difference = (activation_at(activation, x + h) - activation_at(activation, x - h)) / (2 * h);
            EXPECT_NEAR(derivative_at(activation, x), difference, 1e-8) << kActivationNames.at(i) << " at " << x;
        }
    }
}

TEST(PairKernel, WhatIsNotKnownStaysSo) {
    const Signal unknown{{1, NAN, 0}, 0};
    const Kernel after = activated(Activation::kTanh, unknown).kernel;
    EXPECT_FALSE(std::isnan(after.square));
    EXPECT_TRUE(std::isnan(after.same));
    EXPECT_TRUE(std::isnan(activated(Activation::kTanh, {{NAN, 1, 1}, 0}).kernel.square));
}

}  // namespace
}  // namespace bnrun
