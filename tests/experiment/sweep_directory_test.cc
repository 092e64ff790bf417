// sweep.json and summary.csv are a sweep's own, and nothing else is replaced.
#include "experiment/sweep_directory.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "settings/sweep_spec.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

SweepPlan plan_of_seeds(const std::string& seeds) {
    return plan_sweep(parse_sweep_spec(R"({"base": {}, "grid": {"seed": ")" + seeds + R"("}})", "s.json"), {});
}

TEST(SweepDirectory, KeepsWhatTheFirstStartSaid) {
    const Scratch scratch;
    write_sweep_file(scratch.path("a/b"), plan_of_seeds("1:2"), false);
    const std::string first = scratch.get("a/b/sweep.json");
    EXPECT_EQ(first, plan_of_seeds("1:2").file);
    write_sweep_file(scratch.path("a/b"), plan_of_seeds("1,2"), false);
    EXPECT_EQ(scratch.get("a/b/sweep.json"), first);
}

TEST(SweepDirectory, AnotherSpecIsRefusedUnlessForced) {
    const Scratch scratch;
    write_sweep_file(scratch.path(), plan_of_seeds("1:2"), false);
    const std::string first = scratch.get("sweep.json");
    expect_error<ConfigError>([&] { write_sweep_file(scratch.path(), plan_of_seeds("1:3"), false); },
                              {"sweep.json: is of another sweep (first in grid.seed)", "--out", "--force"});
    EXPECT_EQ(scratch.get("sweep.json"), first);
    write_sweep_file(scratch.path(), plan_of_seeds("1:3"), true);
    EXPECT_EQ(scratch.get("sweep.json"), plan_of_seeds("1:3").file);
}

TEST(SweepDirectory, AUsersFilesStay) {
    const Scratch scratch;
    for (const char* text : {"", "{", "[]", R"({"base": {}})"}) {
        (void)scratch.put("sweep.json", text);
        expect_error<ConfigError>([&] { write_sweep_file(scratch.path(), plan_of_seeds("1"), true); },
                                  {"sweep.json: is there already, and no sweep's"});
        EXPECT_EQ(scratch.get("sweep.json"), text);
    }
    (void)scratch.put("summary.csv", "mine\n");
    expect_error<ConfigError>([&] { write_sweep_summary(scratch.path(), "run\n"); },
                              {"summary.csv: is there already, and no sweep's"});
    EXPECT_EQ(scratch.get("summary.csv"), "mine\n");
}

TEST(SweepDirectory, ALinkToNowhereIsSomething) {
    const Scratch scratch;
    std::filesystem::create_symlink("nowhere", scratch.path("summary.csv"));
    expect_error<ConfigError>([&] { check_sweep_summary(scratch.path()); }, {"summary.csv"});
}

}  // namespace
}  // namespace bnrun
