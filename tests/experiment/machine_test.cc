#include "experiment/machine.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "base/processors.h"

namespace bnrun {
namespace {

TEST(Machine, IsNamedByProcessorCoresAndSystem) {
    const Machine machine = this_machine();
    EXPECT_FALSE(machine.cpu.empty());
    EXPECT_EQ(machine.cpu.find_first_of(":\n\t"), std::string::npos) << machine.cpu;
    EXPECT_EQ(machine.cores, usable_processors());
    EXPECT_EQ(machine.system.substr(0, 6), "Linux ");
    EXPECT_NE(machine.system.find(' ', 6), std::string::npos) << machine.system;
}

TEST(OpenFiles, AreRaisedAsFarAsTheyMay) {
    rlimit limit{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    rlimit lower = limit;
    lower.rlim_cur = 64;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &lower), 0);
    EXPECT_EQ(raise_open_files(), static_cast<std::int64_t>(limit.rlim_max));
    rlimit raised{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &raised), 0);
    EXPECT_EQ(raised.rlim_cur, limit.rlim_max);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

}  // namespace
}  // namespace bnrun
