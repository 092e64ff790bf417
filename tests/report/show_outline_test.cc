#include "report/show_outline.h"

#include <gtest/gtest.h>

#include <ctime>

#include "base/error.h"
#include "files/run_claim.h"
#include "support/shown_runs.h"

namespace bnrun {
namespace {

TEST(RunOutline, SaysThatARunWasCutOffWhereNobodyWorksOnIt) {
    const Scratch scratch;
    const std::string directory = make_run(scratch, "a", "{}", "running");
    EXPECT_EQ(read_outline_of(directory).state, "running");  // its summary is fresh
    const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    std::filesystem::last_write_time(scratch.path("a/summary.json"), long_ago);
    EXPECT_EQ(read_outline_of(directory).state, "cut off");
    const std::optional<RunClaim> claim = RunClaim::take(directory);
    EXPECT_EQ(read_outline_of(directory).state, "running");
    EXPECT_TRUE(is_running(read_outline_of(directory)));
}

TEST(RunOutline, OfAConfigThatIsNoneHasTheReason) {
    const Scratch scratch;
    const RunOutline run = read_outline_of(make_run(scratch, "a", R"({"modle": 3})"));
    EXPECT_FALSE(run.config);
    EXPECT_NE(run.config_problem.find("unknown key \"modle\""), std::string::npos);
    EXPECT_EQ(run.name, "made_up");
}

TEST(RunOutline, WithoutASummaryIsStartingOrUnknown) {
    const Scratch scratch;
    (void)RunClaim::take(scratch.path("a"));
    EXPECT_FALSE(is_run_directory(scratch.path("a")));
    EXPECT_EQ(read_outcome(scratch.path("a")).state, "unknown");
    EXPECT_FALSE(read_outcome(scratch.path("a")).written);
    const std::optional<RunClaim> claim = RunClaim::take(scratch.path("a"));
    EXPECT_EQ(read_outcome(scratch.path("a")).state, "starting");
    (void)scratch.put("a/summary.json", "{");
    expect_error<DataError>([&] { (void)read_outcome(scratch.path("a")); }, {"a/summary.json"});
}

TEST(RunOutline, HasTheNameOfItsConfigElseOfItsSummaryElseOfItsDirectory) {
    const Scratch scratch;
    const std::string directory = make_run(scratch, "a", R"({"name": "net"})");
    EXPECT_TRUE(is_run_directory(directory));
    EXPECT_EQ(read_outline_of(directory).name, "net");
    (void)scratch.put("a/config.json", "{");
    EXPECT_EQ(read_outline_of(directory).name, "made_up");
    std::filesystem::remove(directory + "/summary.json");
    EXPECT_EQ(read_outline_of(directory).name, "a");
}

TEST(Times, AreSecondsSince1970) {
    EXPECT_EQ(universal_time(951782399), "2000-02-28T23:59:59Z");
    EXPECT_EQ(local_time(std::nullopt), "");
    EXPECT_EQ(local_time(951782399).size(), 16U);
    const Scratch scratch;
    EXPECT_FALSE(modified(scratch.path("absent")));
    const std::int64_t now = std::time(nullptr);
    EXPECT_NEAR(static_cast<double>(modified(scratch.put("a", "")).value()), static_cast<double>(now), 5);
}

}  // namespace
}  // namespace bnrun
