#include "cli/log.h"

#include <sys/resource.h>

#include <csignal>
#include <regex>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class LogTest : public testing::Test {
  protected:
    LogTest() { std::filesystem::create_directory(scratch.path("run")); }

    const Scratch scratch;
    Log log{Log::Where::kFileOnly};
};

TEST_F(LogTest, LinesAreHeldUntilThereIsAFileAndThenKeptAsTheyCome) {
    log.write(LogLevel::kInfo, "one");
    log.write(LogLevel::kWarning, "two\n\x1b[31mlines");
    log.keep_in(scratch.path("run"));
    log.write(LogLevel::kError, "three {}");
    const std::string time = "[0-2][0-9]:[0-5][0-9]:[0-6][0-9] ";
    const std::regex expected(time + "info: one\n" + time + R"(warning: two\\u000a\\u001b\[31mlines)" + "\n" + time +
                              "error: three \\{\\}\n");
    EXPECT_TRUE(std::regex_match(scratch.get("run/run.log"), expected)) << scratch.get("run/run.log");
}

TEST_F(LogTest, ALineThatCannotBeKeptIsAFailureUnlessItTellsOfOne) {
    expect_error<WriteError>([&] { log.keep_in(scratch.path("absent")); }, {"absent/run.log"});
    log.keep_in(scratch.path("run"));
    (void)std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit full{1, limit.rlim_max};  // as a disk without room
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
    expect_error<WriteError>([&] { log.write(LogLevel::kInfo, "one"); }, {"run.log"});
    EXPECT_NO_THROW(log.write(LogLevel::kError, "two"));
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    EXPECT_NO_THROW(log.write(LogLevel::kInfo, "three"));
}

}  // namespace
}  // namespace bnrun
