#include "math/team_size.h"

#include <gtest/gtest.h>

#include <vector>

namespace bnrun {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kWall{20};

/// Judges once, with that share of the working members' time used.
void judge(TeamSize& size, double share) {
    size.judge(kWall, std::chrono::duration_cast<TeamSize::Duration>(size.working() * share * kWall));
}

/// How long it is until as many as before work again, where none of their time is lost.
milliseconds rest(TeamSize& size, int until) {
    milliseconds time{};
    for (; size.working() < until && time < milliseconds(10000); time += kWall) judge(size, 1);
    return time;
}

TEST(TeamSize, KeepsAllWhereAtLeastHalfOfTheirTimeIsUsed) {
    TeamSize size(8);
    for (const double share : {1.0, 0.9, 0.51, 0.5}) {
        for (int i = 0; i < 500; ++i) judge(size, share);
        EXPECT_EQ(size.working(), 8) << share;
    }
}

TEST(TeamSize, HalvesWhereLessIsUsedDownToOne) {
    TeamSize size(9);
    std::vector<int> seen;
    for (int i = 0; i < 5; ++i) {
        judge(size, 0.49);
        seen.push_back(size.working());
    }
    EXPECT_EQ(seen, (std::vector<int>{5, 3, 2, 1, 1}));
}

TEST(TeamSize, TriesAgainAfterARestThatDoublesEachTimeUpToTwoSeconds) {
    TeamSize size(2);
    std::vector<long> rests;
    for (int i = 0; i < 7; ++i) {
        judge(size, 0.2);
        EXPECT_EQ(size.working(), 1);
        rests.push_back(rest(size, 2).count());
    }
    EXPECT_EQ(rests, (std::vector<long>{100, 200, 400, 800, 1600, 2000, 2000}));
}

TEST(TeamSize, ForgetsFailuresOnceAllHaveBeenWorthItForTwoSeconds) {
    TeamSize size(2);
    for (int i = 0; i < 4; ++i) {
        judge(size, 0.2);
        rest(size, 2);
    }
    for (int i = 0; i < 100; ++i) judge(size, 0.8);
    judge(size, 0.2);
    EXPECT_EQ(rest(size, 2), milliseconds(100));
}

TEST(TeamSize, GrowsStepByStepWhileEachIsWorthIt) {
    TeamSize size(8);
    for (int i = 0; i < 3; ++i) judge(size, 0.1);
    ASSERT_EQ(size.working(), 1);
    rest(size, 2);
    EXPECT_EQ(size.working(), 2);
    EXPECT_EQ(rest(size, 4), milliseconds(100));
    EXPECT_EQ(rest(size, 8), milliseconds(100));
}

}  // namespace
}  // namespace bnrun
