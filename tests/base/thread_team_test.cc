#include "base/thread_team.h"

#include <gtest/gtest.h>

#include <numeric>

namespace bnrun {
namespace {

TEST(ThreadTeam, WorksOnEveryItemOnceForAnyNumberOfThreads) {
    for (const int threads : {1, 2, 3, 7}) {
        ThreadTeam team(threads);
        EXPECT_EQ(team.size(), threads);
        for (Index count = 0; count < 50; ++count) {
            std::vector<int> touched(static_cast<std::size_t>(count));
            team.split(count, [&](Rows rows) {
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
        team.split(1000, [&](Rows rows) {
            for (Index i = rows.begin; i < rows.end; ++i) values[static_cast<std::size_t>(i)] = sum % 7 + 1;
        });
        EXPECT_EQ(std::accumulate(values.begin(), values.end(), 0L), 1000 * (sum % 7 + 1));
    }
}

}  // namespace
}  // namespace bnrun
