// Iterations through all epochs, and the row that a run has at one.
#include "report/steps.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/report_runs.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

/// Logged every tenth iteration, `rows` times.
ReportRun every_tenth(const std::string& name, std::size_t rows, const std::string& status = "done") {
    ReportRun run = made_up_run(name, std::vector<std::vector<double>>(rows, {1, 1}));
    for (IterationRecord& row : run.logged.iterations) {
        row.iteration *= 10;
        row.iterations = 100;
    }
    run.status = status;
    return run;
}

std::int64_t iteration_at(const ReportRun& run, std::int64_t step) {
    const IterationRecord* const row = row_at(run, step);
    return row == nullptr ? 0 : row->iteration;
}

TEST(RowAt, IsTheLatestWhoseNextIsNotDueYet) {
    const ReportRun run = every_tenth("run", 3);
    EXPECT_EQ(iteration_at(run, 9), 0);
    EXPECT_EQ(iteration_at(run, 10), 10);
    EXPECT_EQ(iteration_at(run, 29), 20);
    EXPECT_EQ(iteration_at(run, 39), 30);
    EXPECT_EQ(iteration_at(run, 40), 0) << "its next row would be here";
}

TEST(LastSharedStep, IsThatOfFinishedRunsOnly) {
    ReportData data = one_group({every_tenth("a", 5), every_tenth("b", 4), every_tenth("c", 2, "diverged")});
    EXPECT_EQ(last_shared_step(data), 40);
    data.runs[0].status = data.runs[1].status = "running";
    EXPECT_EQ(last_shared_step(data), 20) << "where none is finished, all count";
}

TEST(UsualStep, IsThePostsFirstWhereMostRunsHaveARowThere) {
    EXPECT_EQ(usual_step(one_group({every_tenth("a", 5)})), 10);
    ReportData late = one_group({every_tenth("a", 5), every_tenth("b", 5)});
    for (ReportRun& run : late.runs) run.logged.iterations.erase(run.logged.iterations.begin());
    EXPECT_EQ(usual_step(late), 50);
}

TEST(StepsOf, AreThinnedAndTheLastIsThere) {
    const Steps steps = steps_of(one_group({every_tenth("a", 10)}), 4);
    EXPECT_EQ(steps.all, 10U);
    EXPECT_EQ(steps.stride, 3U);
    EXPECT_EQ(steps.steps, (std::vector<std::int64_t>{10, 40, 70, 100}));
}

TEST(StepsOf, HaveTheOneThatIsWantedWhereItWasLogged) {
    const ReportData data = one_group({every_tenth("a", 10)});
    EXPECT_EQ(steps_of(data, 4, 50).steps, (std::vector<std::int64_t>{10, 40, 50, 70, 100}));
    EXPECT_EQ(steps_of(data, 4, 40).steps.size(), 4U);
    EXPECT_EQ(steps_of(data, 4, 55).steps.size(), 4U);
}

TEST(StepText, CountsEpochsWhereTheRunsAgreeOnTheirLength) {
    ReportData data = one_group({every_tenth("a", 1), every_tenth("b", 1)});
    EXPECT_EQ(step_text(data, 100), "epoch 1, iteration 100 of 100");
    EXPECT_EQ(step_text(data, 101), "epoch 2, iteration 1 of 100");
    data.runs[1].logged.iterations[0].iterations = 50;
    EXPECT_EQ(step_text(data, 101), "iteration 101");
}

TEST(StepAt, IsOfARowThatIsThere) {
    const ReportData data = one_group({every_tenth("a", 2)});
    EXPECT_EQ(step_at(data, 1, 20), 20);
    expect_error<ConfigError>([&] { (void)step_at(data, 1, 15); }, {"--iteration 1:15", "no run has a row there"});
}

}  // namespace
}  // namespace bnrun
