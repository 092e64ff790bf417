#include "chart/thinning.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace bnrun {
namespace {

TEST(Thinning, KeepsExtremesEndsAndLostValues) {
    std::vector<double> values(5000, 1);
    values[1234] = -7;
    values[2345] = 9;
    values[3456] = std::numeric_limits<double>::quiet_NaN();
    const std::vector<std::size_t> picked = extremes(values, 100);
    EXPECT_LE(picked.size(), 110U);
    for (const std::size_t place : {0U, 1234U, 2345U, 3456U, 4999U}) {
        EXPECT_TRUE(std::binary_search(picked.begin(), picked.end(), place)) << place;
    }
    EXPECT_EQ(extremes({3, 2, 1}, 3), (std::vector<std::size_t>{0, 1, 2}));
    EXPECT_EQ(every(4, 10), (std::vector<std::size_t>{0, 4, 8, 9}));
    EXPECT_EQ(stride_for(20000, 1000), 20U);
    EXPECT_EQ(stride_for(0, 1000), 1U);
}

TEST(Thinning, SaysSo) {
    EXPECT_EQ(every_text(20, 20000), "every 20th of 20,000 rows");
    EXPECT_EQ(every_text(3, 999), "every 3rd of 999 rows");
    EXPECT_EQ(every_text(112, 1234567), "every 112th of 1,234,567 rows");
    EXPECT_EQ(every_text(22, 1000), "every 22nd of 1,000 rows");
}

}  // namespace
}  // namespace bnrun
