#include "base/processors.h"

#include <gtest/gtest.h>

#include "support/scratch.h"

namespace bnrun {
namespace {

/// The root of a file system with what a process reads of its control groups.
class Groups {
  public:
    explicit Groups(const std::string& own_groups) { put("proc/self/cgroup", own_groups); }

    void put(const std::string& name, const std::string& contents) const {
        std::filesystem::create_directories(std::filesystem::path(scratch_.path(name)).parent_path());
        (void)scratch_.put(name, contents);
    }

    [[nodiscard]] std::optional<double> granted() const { return granted_processors(scratch_.path()); }

  private:
    Scratch scratch_;
};

TEST(GrantedProcessors, AreTheLeastOfAGroupAndThoseAbove) {
    const Groups groups("0::/user.slice/job_7/step 0\n");
    groups.put("sys/fs/cgroup/cpu.stat", "");
    groups.put("sys/fs/cgroup/user.slice/cpu.max", "max 100000\n");
    groups.put("sys/fs/cgroup/user.slice/job_7/cpu.max", "250000 100000\n");
    EXPECT_EQ(groups.granted(), 2.5);
    groups.put("sys/fs/cgroup/user.slice/job_7/step 0/cpu.max", "400000 100000\n");
    EXPECT_EQ(groups.granted(), 2.5);
    groups.put("sys/fs/cgroup/user.slice/cpu.max", "50000 200000\n");
    EXPECT_EQ(groups.granted(), 0.25);
}

TEST(GrantedProcessors, AContainersOwnGroupIsTheTopmost) {
    const Groups whole("0::/\n");
    whole.put("sys/fs/cgroup/cpu.max", "150000 100000\n");
    EXPECT_EQ(whole.granted(), 1.5);
    const Groups unseen("0::/docker/1234:5\n");
    unseen.put("sys/fs/cgroup/cpu.max", "150000 100000\n");
    EXPECT_EQ(unseen.granted(), 1.5);
    const Groups beside("0::/../../other\n");
    beside.put("sys/fs/cgroup/cpu.max", "150000 100000\n");
    EXPECT_EQ(beside.granted(), 1.5);
}

TEST(GrantedProcessors, VersionOneHasAQuotaAndAPeriod) {
    const Groups groups("12:cpuset:/job\n4:cpu,cpuacct:/job\n0::/job\n");
    groups.put("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "300000\n");
    groups.put("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
    groups.put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    groups.put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    EXPECT_EQ(groups.granted(), 3.0);
    groups.put("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n");
    EXPECT_EQ(groups.granted(), std::nullopt);
}

TEST(GrantedProcessors, WithoutALimitThereAreNone) {
    EXPECT_EQ(granted_processors("/nowhere"), std::nullopt);
    EXPECT_EQ(Groups("0::/job\n").granted(), std::nullopt);
    const Groups broken("\n::\n0:/\n0::/job");
    for (const char* text : {"max 100000\n", "", "x\n", "100000\n", "100000 0\n", "-1 100000\n", "0 100000\n"}) {
        broken.put("sys/fs/cgroup/job/cpu.max", text);
        EXPECT_EQ(broken.granted(), std::nullopt) << text;
    }
}

TEST(UsableProcessors, AreAtLeastOne) { EXPECT_GE(usable_processors(), 1); }

}  // namespace
}  // namespace bnrun
