#include "base/iteration_set.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

constexpr RunLength kRun{2, 30};

TEST(IterationSet, EverySoManyCountsWithinTheEpoch) {
    const IterationSet set{10, {}};
    EXPECT_TRUE(set.contains({1, 10}, kRun));
    EXPECT_TRUE(set.contains({2, 30}, kRun));
    EXPECT_FALSE(set.contains({2, 1}, kRun));
    EXPECT_FALSE((IterationSet{0, {}}.contains({1, 10}, kRun)));
}

TEST(IterationSet, AListHasBothEndsOfASpanOfItsEpochAlone) {
    const IterationSet set{1, {{1, 3, 5, false}, {2, 7, 7, false}}};
    for (const std::int64_t iteration : {3, 4, 5}) EXPECT_TRUE(set.contains({1, iteration}, kRun)) << iteration;
    for (const std::int64_t iteration : {2, 6, 7}) EXPECT_FALSE(set.contains({1, iteration}, kRun)) << iteration;
    EXPECT_TRUE(set.contains({2, 7}, kRun));
    EXPECT_FALSE(set.contains({2, 3}, kRun));
}

TEST(IterationSet, LastIsTheLastIterationOfTheLastEpoch) {
    const IterationSet set{0, {{.is_last_of_run = true}}};
    EXPECT_TRUE(set.contains({2, 30}, kRun));
    EXPECT_FALSE(set.contains({1, 30}, kRun));
    EXPECT_FALSE(set.contains({2, 29}, kRun));
}

}  // namespace
}  // namespace bnrun
