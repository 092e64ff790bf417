#include "report/verdict.h"

#include <gtest/gtest.h>

#include <limits>

namespace bnrun {
namespace {

TEST(Factor, IsTheGeometricMeanOverNeighbouringHiddenLayers) {
    EXPECT_NEAR(factor_of({1e-3, 1e-1, 1e-1, 5}).value(), 10, 1e-12) << "the output layer does not count";
    EXPECT_NEAR(factor_of({4, 2, 1, 1}).value(), 0.5, 1e-12);
    EXPECT_NEAR(factor_of({2, 6, 1}).value(), 3, 1e-12);
}

TEST(Factor, IsNoneWithoutTwoHiddenLayersOrFiniteEnds) {
    EXPECT_FALSE(factor_of({}));
    EXPECT_FALSE(factor_of({1, 2}));
    EXPECT_FALSE(factor_of({0, 0, 1}));
    EXPECT_FALSE(factor_of({std::numeric_limits<double>::quiet_NaN(), 1, 1}));
    EXPECT_FALSE(factor_of({1, std::numeric_limits<double>::infinity(), 1}));
}

TEST(Factor, IsInfiniteWhereTheFirstNormIsZero) {
    EXPECT_EQ(factor_of({0, 1, 1}), std::numeric_limits<double>::infinity());
    EXPECT_EQ(verdict_of(factor_of({0, 1, 1})), "vanishing");
}

TEST(Verdict, IsOneWordByTheFactor) {
    EXPECT_EQ(verdict_of(4.3), "vanishing");
    EXPECT_EQ(verdict_of(1.2), "vanishing");
    EXPECT_EQ(verdict_of(1.1), "even");
    EXPECT_EQ(verdict_of(0.9), "even");
    EXPECT_EQ(verdict_of(0.8), "exploding");
    EXPECT_EQ(verdict_of(std::nullopt), "unknown");
}

TEST(Verdict, FactorsHaveThreeDigits) {
    EXPECT_EQ(factor_text(4.3712), "×4.37");
    EXPECT_EQ(factor_text(std::nullopt), "–");
}

}  // namespace
}  // namespace bnrun
