// error_curves draws the test error as test error.
#include "report/figures/errors.h"

#include <gtest/gtest.h>

#include "support/drawn.h"
#include "support/report_runs.h"

namespace bnrun {
namespace {

ReportData data_of(const std::vector<EpochRecord>& epochs) {
    ReportRun run = made_up_run("run", {{1, 1}});
    run.logged.epochs = epochs;
    run.train_error = epochs.back().train_error;
    run.test_error = epochs.back().test_error;
    return one_group({run}, 2);
}

void expect_in(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text << "\nlacks: " << part;
}

TEST(ErrorCurves, SolidWithMarksIsTheTestErrorAndDottedTheTrainingError) {
    const Figure figure = error_curves(data_of({{1, 3, 1, 3, 0.25, 0, 0}, {2, 2, 0.5, 2, 0.125, 0, 0}}));
    const Drawing& drawing = figure.drawings.front();  // 0 to 1 are heights 236 to 28
    EXPECT_EQ(drawn(drawing.body, "line c2"), "M101.4 184 338.6 210\n");
    EXPECT_EQ(drawn(drawing.body, "line thin c2 d2"), "M101.4 28 338.6 132\n");
    EXPECT_EQ(drawn(drawing.body, "dot f2").substr(0, 9), "M98.4 184");
    EXPECT_EQ(drawing.description, "setting: test error 0.1250 after epoch 2. ");
    EXPECT_EQ(
        figure.caption,
        "The fraction classified wrongly. Solid: test error; dotted: training error, as measured while it trained.");
    expect_in(drawing.body, "error; with marks: test, dotted: training");
}

TEST(ErrorCurves, DashedIsTheValidationErrorWhereThereIsOne) {
    const Figure figure = error_curves(data_of(
        {{1, 3, 1, 3, 0.25, 0, 0, Validation{3, 0.5, 0, 0}}, {2, 2, 0.5, 2, 0.125, 0, 0, Validation{2, 0.25, 0, 0}}}));
    const Drawing& drawing = figure.drawings.front();
    EXPECT_EQ(drawn(drawing.body, "line c2"), "M101.4 184 338.6 210\n");
    EXPECT_EQ(drawn(drawing.body, "line thin c2 d1"), "M101.4 132 338.6 184\n");
    expect_in(figure.caption, " Dashed: validation error.");
    expect_in(drawing.body, "error; marks: test, dotted: training, dashed: valid.");
}

TEST(ErrorCurves, FilledDotsAreTheTestErrorAndHollowTheTrainingError) {
    const Figure figure = error_curves(data_of({{1, 2, 1, 2, 0.25, 0, 0}}));
    const Drawing& drawing = figure.drawings.front();  // 0 to 1 are places 14 to 380
    EXPECT_EQ(drawn(drawing.body, "dot f2").substr(0, 9), "M101.5 48");
    EXPECT_EQ(drawn(drawing.body, "hollow c2").substr(0, 9), "M376.8 48");
    EXPECT_EQ(drawing.description, "setting: test error 0.2500, training error 1.0000. ");
    expect_in(figure.caption, "Filled: test error of each run");
    expect_in(drawing.body, "error; filled: test, hollow: training");
}

TEST(ErrorCurves, RunsThatDidNotEndAreCounted) {
    ReportData data = data_of({{1, 2, 1, 2, 0.25, 0, 0}});
    data.runs.push_back(made_up_run("other", {{1, 1}}));
    data.runs.back().status = "diverged";
    data.groups.front().runs.push_back(1);
    expect_in(error_curves(data).drawings.front().body, ">0.2500, 1 of 2 diverged<");
}

TEST(ErrorCurves, AreMeansOverSeedsWithABand) {
    ReportData data = data_of({{1, 3, 1, 3, 0.25, 0, 0}, {2, 2, 0.5, 2, 0.125, 0, 0}});
    data.runs.push_back(data.runs.front());
    for (EpochRecord& row : data.runs.back().logged.epochs) row.test_error += 0.5;
    data.groups.front().runs.push_back(1);
    const Drawing drawing = error_curves(data).drawings.front();
    EXPECT_EQ(drawn(drawing.body, "line c2"), "M101.4 132 338.6 158\n");
    EXPECT_NE(drawn(drawing.body, "spread f2"), "");
}

ReportData many(std::size_t count, std::size_t epochs) {
    std::vector<ReportRun> runs;
    for (std::size_t i = 0; i < count; ++i) {
        runs.push_back(made_up_run("run" + std::to_string(i), {{1, 1}}));
        runs.back().test_error = 0.001 * static_cast<double>(count - i);
        for (std::size_t e = 1; e <= epochs; ++e) {
            runs.back().logged.epochs.push_back({static_cast<std::int64_t>(e), 1, 1, 1, *runs.back().test_error, 0, 0});
        }
    }
    return each_alone(runs);
}

TEST(ErrorCurves, HaveEverySettingHoweverManyThereAre) {
    EXPECT_EQ(error_curves(many(202, 2)).drawings.front().points.size(), 2 * 202U);
}

TEST(ErrorCurves, OfManySettingsAfterOneEpochEachHasAMarkFromTheBestToTheWorst) {
    ReportData data = many(202, 1);
    data.runs[0].status = "diverged";
    const Drawing drawing = error_curves(data).drawings.front();
    EXPECT_LT(drawing.body.find("<title>run201: 0.0010</title>"), drawing.body.find("<title>run1: 0.2010</title>"));
    expect_in(drawing.body, "<title>run0: diverged</title>");
    EXPECT_EQ(drawing.description, "Of 202 settings the best is run201 with 0.0010.");
    EXPECT_EQ(drawing.height, kChart.height);
}

}  // namespace
}  // namespace bnrun
