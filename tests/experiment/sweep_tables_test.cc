// What a sweep ends with: summary.csv and the table of settings.
#include "experiment/sweep_tables.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

SweepPoint point(const std::string& name, const std::string& group, std::vector<std::string> values) {
    return {name, group, Config(), std::move(values)};
}

PointResult done(double test_error, double train_error) {
    PointResult result{PointState::kDone, {}};
    result.stored.test_error = test_error;
    result.stored.train_error = train_error;
    result.stored.test_loss = 0.5;
    result.stored.test_wrong = 3;
    return result;
}

/// A setting of two seeds, one of one seed, and one that failed.
SweepPlan plan() {
    SweepPlan made;
    made.columns = {"train.l2", "seed"};
    made.points = {point("l2=0,seed=1", "l2=0", {"0", "1"}), point("l2=0,seed=2", "l2=0", {"0", "2"}),
                   point("l2=1,seed=1", "l2=1", {"1", "1"}), point("l2=2,seed=1", "l2=2", {"2", "1"})};
    return made;
}

std::vector<PointResult> results() {
    PointResult failed = done(0.001, 0.001);
    failed.state = PointState::kFailed;
    return {done(0.1, 0.5), done(0.3, 0.25), done(0.15, 0.5), failed};
}

TEST(SweepCsv, HasARowForEachPointAndNumbersOnlyWhereItIsDone) {
    EXPECT_EQ(sweep_csv(plan(), results()),
              "run,train.l2,seed,status,train_loss,train_error,test_loss,test_error,test_wrong\n"
              "\"l2=0,seed=1\",0,1,done,,0.5,0.5,0.1,3\n"
              "\"l2=0,seed=2\",0,2,done,,0.25,0.5,0.3,3\n"
              "\"l2=1,seed=1\",1,1,done,,0.5,0.5,0.15,3\n"
              "\"l2=2,seed=1\",2,1,failed,,,,,\n");
}

TEST(SweepTable, TakesSeedsTogetherAndMarksTheLowestMeanTestError) {
    EXPECT_EQ(sweep_table(plan(), results()),
              "  run         n  diverged  test_error (*)   train_error\n"
              "  l2=0        2         0  0.2000 ± 0.1414  0.3750 ± 0.1768\n"
              "* l2=1        1         0  0.1500           0.5000\n"
              "  l2=2   0 of 1         0  -                -\n");
}

TEST(SweepTable, CountsDivergedRunsApart) {
    std::vector<PointResult> some = results();
    some[1].state = PointState::kDiverged;
    some[2].state = PointState::kDiverged;
    EXPECT_EQ(sweep_table(plan(), some),
              "  run         n  diverged  test_error (*)   train_error\n"
              "* l2=0        1         1  0.1000           0.5000\n"
              "  l2=1        0         1  -                -\n"
              "  l2=2   0 of 1         0  -                -\n");
}

TEST(SweepTable, MarksNoneWhereNoneIsDone) {
    const std::string table = sweep_table(plan(), std::vector<PointResult>(4));
    EXPECT_EQ(table.find("\n*"), std::string::npos) << table;
}

}  // namespace
}  // namespace bnrun
