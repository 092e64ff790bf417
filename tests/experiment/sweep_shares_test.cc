#include "experiment/sweep_shares.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

constexpr std::int64_t kFiles = 1 << 20;

struct Asked {
    std::optional<int> jobs;
    std::optional<int> threads;
};

Shares shares(const Asked& asked, std::size_t runs, const Means& means) {
    return share_out(asked.jobs, asked.threads, runs, means);
}

TEST(ShareOut, AJobForEachProcessorAndTheProcessorsAmongTheJobs) {
    const Shares many = shares({}, 100, {8, kFiles});
    EXPECT_EQ(many.jobs, 8);
    EXPECT_EQ(many.threads, 1);
    const Shares few = shares({}, 3, {8, kFiles});
    EXPECT_EQ(few.jobs, 3);
    EXPECT_EQ(few.threads, 2);
    const Shares asked = shares({2, 7}, 100, {8, kFiles});
    EXPECT_EQ(asked.jobs, 2);
    EXPECT_EQ(asked.threads, 7);
    EXPECT_TRUE(many.warnings.empty() && few.warnings.empty() && asked.warnings.empty());
}

TEST(ShareOut, ALargerMachineIsUsedAsFarAsTheLimitsGoAndThatIsSaid) {
    const Shares jobs = shares({}, 1000, {384, kFiles});
    EXPECT_EQ(jobs.jobs, 256);
    EXPECT_EQ(jobs.threads, 1);
    ASSERT_EQ(jobs.warnings.size(), 1U);
    EXPECT_NE(jobs.warnings.front().find("384 runs at a time"), std::string::npos) << jobs.warnings.front();
    EXPECT_NE(jobs.warnings.front().find("256"), std::string::npos) << jobs.warnings.front();
    const Shares threads = shares({}, 1, {384, kFiles});
    EXPECT_EQ(threads.threads, 256);
    ASSERT_EQ(threads.warnings.size(), 1U);
    EXPECT_NE(threads.warnings.front().find("384 threads"), std::string::npos) << threads.warnings.front();
}

TEST(ShareOut, JobsNeedNoMoreOpenFilesThanThereMayBeAndBothNumbersAreSaid) {
    EXPECT_TRUE(shares({70, 1}, 1000, {2, 1024}).warnings.empty());
    const Shares lowered = shares({160, 1}, 1000, {160, 1024});
    EXPECT_EQ(lowered.jobs, 82);
    ASSERT_EQ(lowered.warnings.size(), 1U);
    EXPECT_NE(lowered.warnings.front().find("160 runs at a time"), std::string::npos) << lowered.warnings.front();
    EXPECT_NE(lowered.warnings.front().find("1024 are allowed"), std::string::npos) << lowered.warnings.front();
    EXPECT_NE(lowered.warnings.front().find("82 at a time"), std::string::npos) << lowered.warnings.front();
    EXPECT_EQ(shares({160, 1}, 1000, {160, 20}).jobs, 1);
    EXPECT_EQ(shares({}, 1000, {160, 100}).threads, 32);
}

}  // namespace
}  // namespace bnrun
