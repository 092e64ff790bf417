// What every figure asks of its runs.
#include "report/view.h"

#include <gtest/gtest.h>

#include <limits>

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

TEST(EdgesNote, SaysWhatIsBeyondTheScale) {
    const auto note = [](double odd) {
        std::vector<std::vector<double>> norms(100, {0.5, 1});
        norms.front() = {odd, 1};
        return edges_note(one_group({made_up_run("run", norms)}));
    };
    EXPECT_EQ(note(0.5), "");
    EXPECT_NE(note(0).find("wedge"), std::string::npos);
    EXPECT_EQ(note(0).find("cross"), std::string::npos);
    EXPECT_NE(note(std::numeric_limits<double>::quiet_NaN()).find("cross"), std::string::npos);
    EXPECT_NE(note(1e30).find("cross"), std::string::npos);
}

TEST(PanelTitle, LosesItsBeginningWhereItIsLongAndNeverHalfALetter) {
    const std::string end = std::string(45, 'x');
    const ReportData data = one_group({made_up_run("ä" + end, {{1}}), made_up_run("aä" + end, {{1}})});
    EXPECT_EQ(panel_title(data, 0), "…" + end);
    EXPECT_EQ(panel_title(data, 1), "…" + end);
}

TEST(RunsInPanels, AreAllOfAFewElseOneOfEachSettingThatLoggedSomething) {
    std::vector<ReportRun> runs(kMostPanels, made_up_run("run", {{1, 1}}));
    EXPECT_EQ(runs_in_panels(one_group(runs)).size(), kMostPanels);
    EXPECT_EQ(panels_note(one_group(runs)), "");
    runs.insert(runs.begin(), made_up_run("empty", {}));
    EXPECT_EQ(runs_in_panels(one_group(runs)), (std::vector<std::size_t>{1}));
    EXPECT_NE(panels_note(one_group(runs)), "");
}

TEST(NormName, IsThatOfTheRunsWhereTheyAgree) {
    ReportData data = one_group({made_up_run("a", {{1}}), made_up_run("b", {{1}})});
    EXPECT_EQ(norm_name(data), "spectral norm");
    data.runs[1].settings[1].second = "\"rms\"";
    EXPECT_EQ(norm_name(data), "norm");
}

}  // namespace
}  // namespace bnrun
