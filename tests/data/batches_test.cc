#include "data/batches.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace bnrun {
namespace {

TEST(EpochOrder, SequentialIsTheFilesOrder) {
    EXPECT_EQ(epoch_order(4, Order::kSequential, 1, 3), (std::vector<std::uint32_t>{0, 1, 2, 3}));
}

TEST(EpochOrder, ShuffledIsAPermutationFixedBySeedAndEpoch) {
    const auto order = epoch_order(1000, Order::kShuffled, 1, 1);
    EXPECT_EQ(order, epoch_order(1000, Order::kShuffled, 1, 1));
    EXPECT_NE(order, epoch_order(1000, Order::kShuffled, 1, 2));
    EXPECT_NE(order, epoch_order(1000, Order::kShuffled, 2, 1));
    auto sorted = order;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(sorted, epoch_order(1000, Order::kSequential, 1, 1));
}

TEST(EpochOrder, EveryPlaceIsEquallyLikely) {
    // Each of the 24 permutations of 4 in 24,000 epochs: 1000 +- 5.2 standard deviations.
    std::vector<int> counts(256, 0);
    for (int epoch = 1; epoch <= 24000; ++epoch) {
        std::size_t code = 0;
        for (const std::uint32_t sample : epoch_order(4, Order::kShuffled, 7, epoch)) code = 4 * code + sample;
        ++counts[code];
    }
    EXPECT_EQ(std::count(counts.begin(), counts.end(), 0), 256 - 24);
    for (const int count : counts) {
        if (count == 0) continue;  // not a permutation
        EXPECT_NEAR(count, 1000, 160);
    }
}

TEST(BatchCount, KeepsASmallerLastBatchUnlessItIsTooSmall) {
    EXPECT_EQ(batch_count(60000, 200, 1), 300);
    EXPECT_EQ(batch_count(401, 200, 1), 3);
    EXPECT_EQ(batch_count(401, 200, 2), 2);
    EXPECT_EQ(batch_count(402, 200, 2), 3);
    EXPECT_EQ(batch_count(1, 200, 2), 0);
    EXPECT_EQ(batch_count(5, 200, 2), 1);
}

}  // namespace
}  // namespace bnrun
