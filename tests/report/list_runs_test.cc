#include "report/list_runs.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/shown_runs.h"

namespace bnrun {
namespace {

std::vector<std::string> names_of(const Scratch& scratch, const Listing& listing) {
    std::vector<std::string> names;
    const std::size_t start = scratch.path().size();
    for (const ListedSweep& sweep : listing.sweeps) names.push_back("sweep " + sweep.directory.substr(start));
    for (const RunOutline& run : listing.runs) names.push_back(run.directory.substr(start));
    return names;
}

using Names = std::vector<std::string>;

constexpr const char* kSummary =
    "run,train.l2,seed,status,train_loss,train_error,test_loss,test_error,test_wrong\n"
    "l2=0,0,1,done,1,0.5,1,0.25,3\nl2=1,1,1,done,1,0.5,1,0.125,3\nl2=2,2,1,diverged,,,,,\n";

TEST(ListRuns, FindsRunsAtAnyDepthInNumericOrder) {
    const Scratch scratch;
    for (const char* name : {"top/seed=10", "top/seed=2", "top/a/b/c"}) (void)make_run(scratch, name);
    (void)scratch.put("top/notes.txt", "");
    std::filesystem::create_directories(scratch.path("top/empty/more"));
    const std::string top = scratch.path("top");
    EXPECT_EQ(names_of(scratch, list_runs(top)), (Names{"top/a/b/c", "top/seed=2", "top/seed=10"}));
    EXPECT_EQ(names_of(scratch, list_runs(scratch.path("top/seed=2"))), (Names{"top/seed=2"}));
}

TEST(ListRuns, ASweepIsOneLineUnlessItIsTheDirectory) {
    const Scratch scratch;
    (void)make_run(scratch, "top/sweep/l2=0");
    (void)make_run(scratch, "top/sweep/l2=1");
    (void)scratch.put("top/sweep/summary.csv", kSummary);
    const Listing listing = list_runs(scratch.path("top"));
    EXPECT_EQ(names_of(scratch, listing), Names{"sweep top/sweep"});
    const ListedSweep& sweep = listing.sweeps.front();
    EXPECT_EQ(sweep.points.points, 3U);
    EXPECT_EQ(sweep.points.diverged, 1U);
    EXPECT_EQ(sweep.best, 0.125);
    EXPECT_EQ(sweep.axes, Names{"train.l2"});
    EXPECT_TRUE(sweep.written);
    EXPECT_EQ(names_of(scratch, list_runs(scratch.path("top/sweep"))), (Names{"top/sweep/l2=0", "top/sweep/l2=1"}));
}

TEST(ListRuns, ASweepThatHasNoSummaryYetIsCountedByItsRuns) {
    const Scratch scratch;
    (void)make_run(scratch, "top/sweep/seed=1", R"({"seed": 1})");
    (void)make_run(scratch, "top/sweep/seed=2", R"({"seed": 2})", "failed");
    (void)scratch.put("top/sweep/sweep.json", "{}");
    const Listing listing = list_runs(scratch.path("top"));
    ASSERT_EQ(names_of(scratch, listing), Names{"sweep top/sweep"});
    EXPECT_EQ(listing.sweeps.front().points.points, 2U);
    EXPECT_EQ(listing.sweeps.front().points.failed, 1U);
    EXPECT_TRUE(listing.sweeps.front().written);
}

TEST(ListRuns, FollowsNoLinkAndNoHiddenDirectory) {
    const Scratch scratch;
    (void)make_run(scratch, "top/.old/run");
    (void)make_run(scratch, "elsewhere/run");
    std::filesystem::create_directory_symlink(scratch.path("elsewhere"), scratch.path("top/link"));
    std::filesystem::create_directory_symlink(scratch.path("top"), scratch.path("top/loop"));
    EXPECT_TRUE(list_runs(scratch.path("top")).runs.empty());
}

TEST(ListRuns, OfWhatCannotBeReadSaysSoAndGoesOn) {
    const Scratch scratch;
    (void)make_run(scratch, "top/a");
    (void)make_run(scratch, "top/b");
    (void)scratch.put("top/a/summary.json", "{");
    const Listing listing = list_runs(scratch.path("top"));
    EXPECT_EQ(names_of(scratch, listing), Names{"top/b"});
    ASSERT_EQ(listing.notes.size(), 1U);
    EXPECT_NE(listing.notes.front().find("top/a/summary.json"), std::string::npos);
    expect_error<DataError>([&] { (void)list_runs(scratch.path("none")); }, {"none: cannot be listed"});
}

}  // namespace
}  // namespace bnrun
