// Against the tables of the t distribution.
#include "base/student.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bnrun {
namespace {

TEST(Student, BoundsAreThoseOfTheTables) {
    EXPECT_NEAR(student_bound(0.95, 1), 12.706204736, 1e-8);
    EXPECT_NEAR(student_bound(0.95, 2), 4.302652730, 1e-8);
    EXPECT_NEAR(student_bound(0.95, 3), 3.182446305, 1e-8);
    EXPECT_NEAR(student_bound(0.95, 4), 2.776445105, 1e-8);
    EXPECT_NEAR(student_bound(0.95, 9), 2.262157163, 1e-8);
    EXPECT_NEAR(student_bound(0.99, 30), 2.749995654, 1e-8);
    EXPECT_NEAR(student_bound(0.95, 100000), 1.959987708, 1e-7);
}

TEST(Student, ShareAndBoundAreInverse) {
    EXPECT_EQ(student_share(0, 3), 0);
    for (const std::size_t degrees : {1U, 2U, 5U, 8U, 51U}) {
        EXPECT_NEAR(student_share(student_bound(0.5, degrees), degrees), 0.5, 1e-12) << degrees;
    }
}

TEST(MeanInterval, IsTheMeanAndTStandardErrors) {
    const auto interval = mean_interval({1, 2, 3}, 0.95).value();
    EXPECT_DOUBLE_EQ(interval.mean, 2);
    EXPECT_NEAR(interval.half_width, 4.302652730 / std::sqrt(3), 1e-8);
    EXPECT_FALSE(mean_interval({1}, 0.95).has_value());
    EXPECT_FALSE(mean_interval({}, 0.95).has_value());
    EXPECT_EQ(mean_interval({2, 2}, 0.95).value().half_width, 0);
}

}  // namespace
}  // namespace bnrun
