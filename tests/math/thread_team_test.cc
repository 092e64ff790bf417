#include "math/thread_team.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <new>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace bnrun {
namespace {

void stay_busy(std::chrono::steady_clock::duration time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
    }
}

TEST(ThreadTeam, WorksOnEveryItemOnceForAnyNumberOfThreads) {
    for (const int threads : {1, 2, 3, 7}) {
        ThreadTeam team(threads, threads);
        EXPECT_EQ(team.size(), threads);
        for (Index count = 0; count < 50; ++count) {
            std::vector<int> touched(static_cast<std::size_t>(count));
            team.split(count, [&](IndexRange rows) {
                for (Index i = rows.begin; i < rows.end; ++i) ++touched[static_cast<std::size_t>(i)];
            });
            EXPECT_EQ(touched, std::vector<int>(static_cast<std::size_t>(count), 1)) << threads << " " << count;
        }
    }
}

TEST(ThreadTeam, LaterWorkSeesEarlierResults) {
    ThreadTeam team(2);
    std::vector<long> values(1000, 1);
    for (int round = 0; round < 200; ++round) {
        const long sum = std::accumulate(values.begin(), values.end(), 0L);
        team.split(1000, [&](IndexRange rows) {
            for (Index i = rows.begin; i < rows.end; ++i) values[static_cast<std::size_t>(i)] = sum % 7 + 1;
        });
        EXPECT_EQ(std::accumulate(values.begin(), values.end(), 0L), 1000 * (sum % 7 + 1));
    }
}

TEST(ThreadTeam, HasEachThreadWorkOnce) {
    for (const int threads : {1, 2, 5}) {
        ThreadTeam team(threads, threads);
        std::vector<int> touched(static_cast<std::size_t>(threads));
        team.on_each([&](Index member) { ++touched[static_cast<std::size_t>(member)]; });
        EXPECT_EQ(touched, std::vector<int>(static_cast<std::size_t>(threads), 1));
    }
}

TEST(ThreadTeam, SharesEndUpInProportionToSpeed) {
    const std::vector<double> speeds{1, 2, 1};
    std::vector<double> shares{0.6, 0.2, 0.2};
    for (int i = 0; i < 40; ++i) {
        std::vector<double> seconds;
        for (std::size_t m = 0; m < speeds.size(); ++m) seconds.push_back(shares[m] / speeds[m]);
        shares = balanced_shares(shares, seconds);
        EXPECT_NEAR(shares[0] + shares[1] + shares[2], 1, 1e-12);
    }
    EXPECT_NEAR(shares[0], 0.25, 1e-4);
    EXPECT_NEAR(shares[1], 0.5, 1e-4);
    EXPECT_NEAR(shares[2], 0.25, 1e-4);
}

TEST(ThreadTeam, AnInterruptedMemberKeepsMostOfItsShare) {
    const std::vector<double> after = balanced_shares({0.5, 0.5}, {1, 100});
    EXPECT_GT(after[1], 0.35);
    EXPECT_LT(after[1], 0.4);
}

TEST(ThreadTeam, NoShareVanishes) {
    std::vector<double> shares{0.25, 0.25, 0.25, 0.25};
    for (int i = 0; i < 100; ++i) shares = balanced_shares(shares, {1, 1, 1, 1e6});
    EXPECT_GT(shares[3], 0.05);
}

TEST(ThreadTeam, ASlowThreadGetsFewerRowsAndAllAreStillWorkedOff) {
    ThreadTeam team(2, 2);
    const auto caller = std::this_thread::get_id();
    constexpr Index kCount = 40;
    Index of_caller = kCount;
    // On a crowded machine the other thread rests most of the time.
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (of_caller >= kCount / 2 - 2 && std::chrono::steady_clock::now() < end) {
        std::vector<int> touched(kCount);
        team.split(kCount, [&](IndexRange rows) {
            const bool slow = std::this_thread::get_id() == caller;
            if (slow) of_caller = rows.end - rows.begin;
            stay_busy(std::chrono::microseconds(rows.end - rows.begin) * (slow ? 100 : 10));
            for (Index i = rows.begin; i < rows.end; ++i) ++touched[static_cast<std::size_t>(i)];
        });
        ASSERT_EQ(touched, std::vector<int>(kCount, 1));
        ASSERT_EQ(team.share(kCount, 0).end, team.share(kCount, 1).begin);
    }
    EXPECT_LT(of_caller, kCount / 2 - 2);
}

TEST(ThreadTeam, StartsNoMoreThreadsThanThereAreProcessors) {
    ThreadTeam team(8, 2);
    EXPECT_EQ(team.size(), 8);
    for (int round = 0; round < 10; ++round) {
        std::vector<std::thread::id> threads(8);
        team.on_each([&](Index member) { threads[static_cast<std::size_t>(member)] = std::this_thread::get_id(); });
        EXPECT_GE(std::count(threads.begin(), threads.end(), std::this_thread::get_id()), 7);
        EXPECT_NE(threads[1], std::thread::id());
    }
    EXPECT_EQ(team.share(100, 1).end, 100);
}

TEST(ThreadTeam, WorksAloneWhereTheOthersGetNothingDone) {
    ThreadTeam team(3, 3);
    const auto caller = std::this_thread::get_id();
    int alone = 0;
    for (int round = 0; round < 1000 && alone <= 30; ++round) {
        std::vector<std::thread::id> threads(3);
        const bool has_all = team.share(10, 0).end == 10;
        team.on_each([&](Index member) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));  // as if others had the processors
            threads[static_cast<std::size_t>(member)] = std::this_thread::get_id();
        });
        if (std::count(threads.begin(), threads.end(), caller) == 3) {
            ++alone;
            EXPECT_TRUE(has_all);
        }
    }
    EXPECT_GT(alone, 30);
}

TEST(ThreadTeam, WhatTheFirstMemberThrowsReachesTheCallerOnceAllAreThrough) {
    for (const int threads : {1, 2, 5}) {
        ThreadTeam team(threads, threads);
        for (Index first = 0; first < threads; ++first) {
            std::atomic<int> through{0};
            try {
                team.on_each([&](Index member) {
                    // The later the member, the earlier it throws.
                    std::this_thread::sleep_for(std::chrono::milliseconds(threads - member));
                    ++through;
                    if (member >= first) throw std::runtime_error(std::to_string(member));
                });
                ADD_FAILURE() << "nothing was thrown";
            } catch (const std::runtime_error& error) {
                EXPECT_EQ(error.what(), std::to_string(first));
                EXPECT_EQ(through, threads);
            }
        }
    }
}

TEST(ThreadTeam, StaysUsableAfterWorkHasThrown) {
    ThreadTeam team(3);
    for (int round = 0; round < 100; ++round) {
        EXPECT_THROW(team.split(30, [](IndexRange) { throw std::bad_alloc(); }), std::bad_alloc);
        std::vector<int> touched(30);
        team.split(30, [&](IndexRange rows) {
            for (Index i = rows.begin; i < rows.end; ++i) ++touched[static_cast<std::size_t>(i)];
        });
        EXPECT_EQ(touched, std::vector<int>(30, 1));
    }
}

TEST(ThreadTeam, LeavesAMembersExceptionToItsOwnRound) {
    ThreadTeam team(2);
    EXPECT_THROW(team.on_each([](Index member) { throw member; }), Index);
    EXPECT_NO_THROW(team.on_each([](Index) {}));
}

}  // namespace
}  // namespace bnrun
