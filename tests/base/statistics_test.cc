#include "base/statistics.h"

#include <gtest/gtest.h>

#include <limits>

namespace bnrun {
namespace {

TEST(Spread, IsOfTheSample) {
    EXPECT_EQ(spread_text(spread_of({0.1, 0.2, 0.3, std::numeric_limits<double>::quiet_NaN()})), "0.2000 ± 0.1000");
    EXPECT_EQ(spread_text(spread_of({0.25})), "0.2500");
    EXPECT_EQ(spread_text(spread_of({})), "–");
}

}  // namespace
}  // namespace bnrun
