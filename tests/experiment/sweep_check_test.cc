#include "experiment/sweep_check.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"
#include "support/small_sweep.h"

namespace bnrun {
namespace {

TEST(SweepCheck, ChecksEachRunThatHasEnded) {
    const Scratch scratch;
    run_small_sweep(scratch.path());
    RecordingReporter reporter;
    EXPECT_TRUE(check_sweep(scratch.path(), {}, reporter));
    EXPECT_NE(reporter.tables.find("seed=1,learning_rate=0.01: same: "), std::string::npos) << reporter.tables;
    EXPECT_NE(reporter.tables.find("\n3 runs: 3 same, 0 different, 0 not checked\n"), std::string::npos);

    std::filesystem::remove_all(scratch.path("seed=1,learning_rate=0.01"));
    std::string text = scratch.get("seed=2,learning_rate=0.01/iterations.csv");
    text[text.find("1,1,") + 4] = '9';
    (void)scratch.put("seed=2,learning_rate=0.01/iterations.csv", text);
    std::filesystem::remove(scratch.path("seed=3,learning_rate=1e30/gradients.csv"));
    RecordingReporter again;
    EXPECT_FALSE(check_sweep(scratch.path(), {}, again));
    EXPECT_NE(again.tables.find("seed=1,learning_rate=0.01: not checked: missing\n"), std::string::npos)
        << again.tables;
    EXPECT_NE(again.tables.find("seed=2,learning_rate=0.01: different: "), std::string::npos) << again.tables;
    EXPECT_NE(again.tables.find("seed=3,learning_rate=1e30: cannot be checked: "), std::string::npos) << again.tables;
    EXPECT_NE(again.tables.find("\n3 runs: 0 same, 2 different, 1 not checked\n"), std::string::npos) << again.tables;
}

TEST(SweepCheck, NeedsARunThatHasEnded) {
    const Scratch scratch;
    (void)scratch.put("sweep.json", R"({"base": {}, "grid": {"seed": [1, 2]}})");
    RecordingReporter reporter;
    expect_error<DataError>([&] { (void)check_sweep(scratch.path(), {}, reporter); },
                            {"no run of the sweep has ended"});
}

}  // namespace
}  // namespace bnrun
