#include "report/show_verdict.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace bnrun {
namespace {

std::string verdict(const std::vector<double>& norms) { return verdict_text(verdict_of(norms)); }

TEST(Verdict, FactorIsTheGeometricMeanOverNeighbouringHiddenLayers) {
    const Verdict found = verdict_of({1e-3, 5, 1e-1, 77});  // from 1e-3 to 0.1 in two steps; the output does not count
    EXPECT_NEAR(found.factor, 10, 1e-12);
    EXPECT_EQ(found.flow, GradientFlow::kVanishing);
}

TEST(Verdict, SaysByHowMuchTheNormShrinksOrGrowsOnTheWayDown) {
    EXPECT_EQ(verdict({1, 4.32, 18.6624, 9}), "vanishing: ×4.3 a layer");
    EXPECT_EQ(verdict({18.6624, 4.32, 1, 9}), "exploding: ×4.3 a layer");
    EXPECT_EQ(verdict({1, 1.2, 1.44, 9}), "even: ×1.2 a layer");
    EXPECT_EQ(verdict({1.44, 1.2, 1, 9}), "even: ×0.833 a layer");
}

TEST(Verdict, ATenthOfTheLastHiddenLayersNormIsTheLimit) {
    EXPECT_EQ(verdict_of({1, 9.9, 1}).flow, GradientFlow::kEven);
    EXPECT_EQ(verdict_of({1, 10.1, 1}).flow, GradientFlow::kVanishing);
    EXPECT_EQ(verdict_of({9.9, 1, 1}).flow, GradientFlow::kEven);
    EXPECT_EQ(verdict_of({10.1, 1, 1}).flow, GradientFlow::kExploding);
}

TEST(Verdict, WhatHasNoFactorIsNamed) {
    EXPECT_EQ(verdict({1, 2}), "one hidden layer: nothing to compare");
    EXPECT_EQ(verdict({}), "one hidden layer: nothing to compare");
    EXPECT_EQ(verdict({1, 0, 0, 1}), "zero: layer 2 gets no gradient");
    EXPECT_EQ(verdict({0, 1, std::nan(""), 1}), "not finite: layer 3's gradient");
    EXPECT_EQ(verdict({std::numeric_limits<double>::infinity(), 1, 1, 1}), "not finite: layer 1's gradient");
}

TEST(Verdict, FactorsAreWrittenInFewDigits) {
    EXPECT_EQ(factor_text(1.4567), "1.46");
    EXPECT_EQ(factor_text(4.316), "4.3");
    EXPECT_EQ(factor_text(123.4), "123");
    EXPECT_EQ(factor_text(123456), "1.2e5");
    EXPECT_EQ(factor_text(0.2317), "0.232");
}

TEST(Verdict, OfNormsWhoseRatioNoDoubleHoldsHasAFactor) {
    EXPECT_NEAR(verdict_of({1e-200, 1, 1e200, 1}).factor / 1e200, 1, 1e-9);
}

TEST(Verdict, ACellHasItsFactorOrADash) {
    EXPECT_EQ(factor_cell(verdict_of({1, 4.32, 18.6624, 9})), "×4.3");
    EXPECT_EQ(factor_cell(verdict_of({1.44, 1.2, 1, 9})), "×0.833");
    EXPECT_EQ(factor_cell(verdict_of({1, 2})), "–");
    EXPECT_EQ(factor_cell(verdict_of({1, 0, 0, 1})), "–");
}

}  // namespace
}  // namespace bnrun
