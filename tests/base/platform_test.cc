// Of the program's own platform, and in platform_posix_test of that of other systems.
#include "base/platform.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <limits>
#include <thread>
#include <vector>

#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(Platform, ADescriptorBecomesAnotherFileAndClosesOnExec) {
    const Scratch scratch;
    const int first = ::open(scratch.path("first").c_str(), O_WRONLY | O_CREAT, 0666);
    const int second = ::open(scratch.path("second").c_str(), O_WRONLY | O_CREAT, 0666);
    ASSERT_EQ(duplicate_onto(second, first), first);
    EXPECT_EQ(::fcntl(first, F_GETFD), FD_CLOEXEC);
    ::close(second);
    EXPECT_EQ(::write(first, "text", 4), 4);
    EXPECT_EQ(sync_file(first), 0);
    EXPECT_EQ(sync_contents(first), 0);
    ::close(first);
    EXPECT_EQ(std::filesystem::file_size(scratch.path("first")), 0U);
    EXPECT_EQ(std::filesystem::file_size(scratch.path("second")), 4U);
}

TEST(Platform, AFailureLeavesErrno) {
    errno = 0;
    EXPECT_NE(sync_file(-1), 0);
    EXPECT_EQ(errno, EBADF);
    errno = 0;
    EXPECT_NE(sync_contents(-1), 0);
    EXPECT_EQ(errno, EBADF);
    errno = 0;
    EXPECT_LT(duplicate_onto(-1, 5), 0);
    EXPECT_EQ(errno, EBADF);
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    EXPECT_NE(sync_file(pipe[1]), 0);  // as the system says it of what has nothing to synchronize
    EXPECT_EQ(errno, EINVAL);
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST(Platform, APlaceholderTakesAndGivesNoBytes) {
    const int descriptor = open_placeholder();
    ASSERT_GE(descriptor, 0);
    char byte = 0;
    EXPECT_LT(::read(descriptor, &byte, 1), 0);
    EXPECT_LT(::write(descriptor, &byte, 1), 0);
    ::close(descriptor);
}

TEST(Platform, AThreadsTimeGrowsWhileItWorks) {
    const auto before = time_used(::pthread_self());
    const auto start = std::chrono::steady_clock::now();
    double sum = 0;
    while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(50)) sum += std::sqrt(sum + 1);
    const auto used = time_used(::pthread_self()) - before;
    EXPECT_GT(used.count(), 0) << sum;
    EXPECT_LE(used, std::chrono::steady_clock::now() - start + std::chrono::milliseconds(20));
}

TEST(Platform, HasProcessors) {
    EXPECT_GE(processors_to_run_on(), 1);
    EXPECT_LE(processors_to_run_on(), static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
    EXPECT_FALSE(processor_model().empty());
}

TEST(Platform, AWishForHugePagesLeavesBytesAsTheyAre) {
    std::vector<char> bytes(std::size_t{1} << 16, 'a');
    ask_for_huge_pages(bytes.data(), bytes.size());
    EXPECT_EQ(bytes, std::vector<char>(bytes.size(), 'a'));
}

TEST(ReadDouble, TakesDecimalNumbers) {
    EXPECT_EQ(read_double("0"), 0.0);
    EXPECT_EQ(read_double("-12.5"), -12.5);
    EXPECT_EQ(read_double(".5"), 0.5);
    EXPECT_EQ(read_double("5."), 5.0);
    EXPECT_EQ(read_double("1e-7"), 1e-7);
    EXPECT_EQ(read_double("1e+7"), 1e7);
    EXPECT_EQ(read_double("1E3"), 1000.0);
    EXPECT_EQ(read_double("4.9406564584124654e-324"), std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(read_double("0.1"), 0.1);
    EXPECT_EQ(read_double("inf"), std::numeric_limits<double>::infinity());
    EXPECT_EQ(read_double("-inf"), -std::numeric_limits<double>::infinity());
    ASSERT_TRUE(read_double("nan").has_value());
    EXPECT_TRUE(std::isnan(*read_double("nan")));
    EXPECT_TRUE(std::signbit(*read_double("-0")));
}

TEST(ReadDouble, TakesNothingElse) {
    for (const char* text : {"",    " 1", "1 ", "+1",  "0x10", "-0x1p3", "1e",    "1e+",    "e5",     "1,5",  "1.2.3",
                             "--1", "-",  ".",  "one", "\t1",  "nan(",   "1e400", "-1e400", "1e-400", "+inf", "1x"}) {
        EXPECT_EQ(read_double(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace bnrun
