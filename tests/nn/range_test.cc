#include "nn/range.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/matrices.h"

namespace bnrun {
namespace {

TEST(Range, IsThatOfEveryValueAndNotANumberWhereOneIsNone) {
    Matrix<double> values = normal_matrix(1, 45, 0, 1);
    for (const Index count : {1, 15, 16, 17, 45}) {
        const Range<double> range = range_of(values.data(), count);
        EXPECT_EQ(range.min, values.leftCols(count).minCoeff()) << count;
        EXPECT_EQ(range.max, values.leftCols(count).maxCoeff()) << count;
    }
    for (const Index at : {0, 20, 44}) {
        Matrix<double> bad = values;
        bad(at) = std::nan("");
        Range<double> range = range_of(values.data(), 45);
        range.include(range_of(bad.data(), 45));
        EXPECT_TRUE(std::isnan(range.min) && std::isnan(range.max)) << at;
    }
    Range<double> none;
    none.include({1, 2});
    EXPECT_EQ(none.min, 1);
    EXPECT_EQ(none.max, 2);
}

}  // namespace
}  // namespace bnrun
