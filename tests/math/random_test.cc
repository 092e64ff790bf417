#include "math/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace bnrun {
namespace {

// Known answers published with the Random123 library of the generator's authors.
TEST(Philox, GivesThePublishedKnownAnswers) {
    EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
              (std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
              (std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, GroupsHaveTheWordsOfTheirCounters) {
    constexpr std::size_t kGroups = 3;
    std::array<std::uint32_t, 4 * kPhiloxGroup * kGroups> words{};
    const std::array<std::uint32_t, 2> key{0xa4093822, 0x299f31d0};
    philox_groups({0xfffffff0, 5, 0x13198a2e, 7}, key, kGroups, words.data());
    for (std::uint32_t i = 0; i < kGroups * kPhiloxGroup; ++i) {
        const auto expected = philox({0xfffffff0 + i, 5, 0x13198a2e, 7}, key);
        for (std::size_t word = 0; word < 4; ++word) {
            EXPECT_EQ(words.at((i / 16 * 4 + word) * 16 + i % 16), expected.at(word)) << i << " " << word;
        }
    }
}

TEST(Random, NormalsHaveTheRightMoments) {
    Random random(7, Stream::kInitialValues);
    constexpr int kCount = 200000;
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int i = 0; i < kCount; ++i) {
        const double x = random.normal();
        sum += x;
        squares += x * x;
        fourth += x * x * x * x;
    }
    EXPECT_NEAR(sum / kCount, 0, 0.01);
    EXPECT_NEAR(squares / kCount, 1, 0.015);
    EXPECT_NEAR(fourth / kCount, 3, 0.1);
}

TEST(Random, BelowIsEvenAndInRange) {
    Random random(3, Stream::kOrder);
    std::array<int, 7> counts{};
    for (int i = 0; i < 70000; ++i) ++counts[random.below(7)];
    for (const int count : counts) EXPECT_NEAR(count, 10000, 500);
    EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, SeedsStreamsSubstreamsAndPartsDiffer) {
    std::set<std::uint32_t> first;
    for (const std::uint64_t seed : {1ULL, 2ULL, 1ULL << 32}) {
        for (const Stream stream : {Stream::kInitialValues, Stream::kOrder}) {
            for (const std::uint32_t substream : {0U, 1U}) {
                for (const std::uint32_t part : {0U, 1U}) first.insert(Random(seed, stream, substream, part).next());
            }
        }
    }
    EXPECT_EQ(first.size(), 24U);
}

}  // namespace
}  // namespace bnrun
