#include "math/extreme_eigenvalue.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace bnrun {
namespace {

/// diag(values), hidden behind a reflection, so that no eigenvector is a coordinate's.
ExtremeEigenvalue extreme_of(const Vector<double>& values) {
    Vector<double> mirror = Vector<double>::LinSpaced(values.size(), 1, 2);
    mirror.normalize();
    const auto reflect = [=](const Vector<double>& v) { return Vector<double>(v - 2 * mirror.dot(v) * mirror); };
    return extreme_eigenvalue(values.size(), [&](const Vector<double>& v, Vector<double>& product) {
        product = reflect(values.cwiseProduct(reflect(v)));
    });
}

TEST(ExtremeEigenvalue, IsThatOfLargestMagnitudeWithItsSign) {
    Vector<double> values = Vector<double>::LinSpaced(300, -3, 4);
    ExtremeEigenvalue found = extreme_of(values);
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.value, 4, 1e-9);
    values[7] = -9;
    found = extreme_of(values);
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.value, -9, 1e-12);
}

TEST(ExtremeEigenvalue, OfSmallMapsIsExact) {
    EXPECT_NEAR(extreme_of(Vector<double>::Constant(1, -2)).value, -2, 1e-15);
    EXPECT_NEAR(extreme_of(Vector<double>::Constant(5, 3)).value, 3, 1e-14);
    const ExtremeEigenvalue zero = extreme_of(Vector<double>::Zero(4));
    EXPECT_EQ(zero.value, 0);
    EXPECT_TRUE(zero.converged);
}

/// The basis of 8 vectors that a large map is allowed is begun again.
TEST(ExtremeEigenvalue, OfALargeMapIsFoundByBeginningAgain) {
    Vector<double> values = Vector<double>::LinSpaced(600'000, 0, 1);
    values[1000] = 1.1;
    const ExtremeEigenvalue found = extreme_of(values);
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.value, 1.1, 1e-9);
}

TEST(ExtremeEigenvalue, IsNotANumberWhereAProductIsNot) {
    const ExtremeEigenvalue found = extreme_eigenvalue(3, [](const Vector<double>&, Vector<double>& product) {
        product = Vector<double>::Constant(3, std::numeric_limits<double>::infinity());
    });
    EXPECT_TRUE(std::isnan(found.value));
    EXPECT_FALSE(found.converged);
}

}  // namespace
}  // namespace bnrun
