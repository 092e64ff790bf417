#include "train/quantities/covariance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/matrices.h"

namespace bnrun {
namespace {

TEST(EffectiveRank, CountsDirectionsOfEqualVariance) {
    Matrix<double> y = Matrix<double>::Zero(5, 8);
    y.row(0) << 1, -1, 1, -1, 1, -1, 1, -1;
    EXPECT_NEAR(effective_rank(y), 1, 1e-12);
    y.row(3) << 1, 1, -1, -1, 1, 1, -1, -1;
    EXPECT_NEAR(effective_rank(y), 2, 1e-12);
    y.row(1).setConstant(70);  // what does not vary is no direction
    EXPECT_NEAR(effective_rank(y), 2, 1e-12);
    y.row(3) *= std::sqrt(3);  // variances 1 and 3
    const double entropy = -(0.25 * std::log(0.25) + 0.75 * std::log(0.75));
    EXPECT_NEAR(effective_rank(y), std::exp(entropy), 1e-12);
}

TEST(EffectiveRank, IsTheSameFromUnitsAndFromSamples) {
    const Matrix<double> few = normal_matrix(6, 30, 0, 1);
    Matrix<double> more = Matrix<double>::Zero(40, 30);
    more.topRows(6) = few;
    EXPECT_NEAR(effective_rank(few), effective_rank(more), 1e-10);
}

TEST(EffectiveRank, OfAlikeSamplesIsNone) { EXPECT_EQ(effective_rank(Matrix<double>::Constant(3, 4, 2)), 0); }

TEST(SampleCosine, IsTheMeanOverPairs) {
    Matrix<double> y(2, 3);
    y << 1, 0, -2, 0, 3, 0;  // cosines 0, -1, 0
    EXPECT_NEAR(sample_cosine(y), -1.0 / 3, 1e-15);
    EXPECT_NEAR(sample_cosine(Matrix<double>::Constant(3, 4, 2)), 1, 1e-15);
    y.col(1).setZero();  // has no direction: 0 with every other
    EXPECT_NEAR(sample_cosine(y), -1.0 / 3, 1e-15);
}

}  // namespace
}  // namespace bnrun
