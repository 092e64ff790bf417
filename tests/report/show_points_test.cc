#include "report/show_points.h"

#include <gtest/gtest.h>

#include "support/shown_runs.h"

namespace bnrun {
namespace {

TEST(PointsIn, ASweepsDirectoryAreThoseOfItsSummary) {
    const Scratch scratch;
    (void)make_run(scratch, "sweep/seed=1");
    (void)scratch.put("sweep/summary.csv",
                      "run,seed,status,train_loss,train_error,test_loss,test_error,test_wrong,validation_loss,"
                      "validation_error\nseed=1,1,done,1,0.5,1,0.25,3,1,0.75\nseed=2,2,missing,,,,,,,\n");
    const std::optional<SweepSummary> points = points_in(scratch.path("sweep"));
    ASSERT_TRUE(points);
    ASSERT_EQ(points->rows.size(), 2U);
    EXPECT_EQ(points->rows[0].test_error, 0.25);
    EXPECT_EQ(points->rows[0].validation_error, 0.75);
    EXPECT_EQ(points->rows[1].validation_error, std::nullopt);
    EXPECT_TRUE(is_sweep_directory(scratch.path("sweep")));
}

TEST(PointsIn, ADirectoryWithoutASummaryAreItsRuns) {
    const Scratch scratch;
    (void)make_run(scratch, "runs/b10", R"({"name": "b10", "seed": 2, "model": {"depth": 3}})", "done", "0.5");
    (void)make_run(scratch, "runs/b9", R"({"name": "b9", "seed": 1, "model": {"depth": 2, "width": 5}})", "diverged",
                   "null");
    (void)scratch.put("runs/notes.txt", "none");
    std::filesystem::create_directories(scratch.path("runs/empty"));
    const std::optional<SweepSummary> points = points_in(scratch.path("runs"));
    ASSERT_TRUE(points);
    EXPECT_EQ(points->axes, (std::vector<std::string>{"seed", "model.depth", "model.width"}));
    ASSERT_EQ(points->rows.size(), 2U);
    EXPECT_EQ(points->rows[0].run, "b9");
    EXPECT_EQ(points->rows[0].status, "diverged");
    EXPECT_EQ(points->rows[0].values, (std::vector<std::string>{"1", "2", "5"}));
    EXPECT_EQ(points->rows[0].test_error, std::nullopt);
    EXPECT_EQ(points->rows[1].values, (std::vector<std::string>{"2", "3", ""}));
    EXPECT_EQ(points->rows[1].test_error, 0.5);
    EXPECT_FALSE(is_sweep_directory(scratch.path("runs")));
}

TEST(PointsIn, ADirectoryWithNeitherAreNone) {
    const Scratch scratch;
    EXPECT_FALSE(points_in(scratch.path()));
    EXPECT_FALSE(points_in(scratch.path("none")));
    (void)scratch.put("sweep.json", "{}");
    EXPECT_TRUE(is_sweep_directory(scratch.path()));
}

}  // namespace
}  // namespace bnrun
