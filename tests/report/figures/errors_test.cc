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
    const Drawing& drawing = figure.drawings.front();  // 0 to 1 are heights 266 to 22
    EXPECT_EQ(drawn(drawing.body, "line c2"), "M104 205 404 235.5\n");
    EXPECT_EQ(drawn(drawing.body, "line thin c2 d2"), "M104 22 404 144\n");
    EXPECT_EQ(drawn(drawing.body, "dot f2").substr(0, 10), "M101.6 205");
    EXPECT_EQ(drawing.description, "run: test error 0.1250 after epoch 2. ");
    EXPECT_EQ(figure.caption, "Solid with marks: test error; dotted: training error, as measured while it trained.");
    expect_in(drawing.body, "error (fraction classified wrongly); with marks: test, dotted: training");
}

TEST(ErrorCurves, DashedIsTheValidationErrorWhereThereIsOne) {
    const Figure figure = error_curves(data_of(
        {{1, 3, 1, 3, 0.25, 0, 0, Validation{3, 0.5, 0, 0}}, {2, 2, 0.5, 2, 0.125, 0, 0, Validation{2, 0.25, 0, 0}}}));
    const Drawing& drawing = figure.drawings.front();
    EXPECT_EQ(drawn(drawing.body, "line c2"), "M104 205 404 235.5\n");
    EXPECT_EQ(drawn(drawing.body, "line thin c2 d1"), "M104 144 404 205\n");
    expect_in(figure.caption, " Dashed: validation error.");
    expect_in(drawing.body, "with marks: test, dotted: training, dashed: validation");
}

TEST(ErrorCurves, FilledDotsAreTheTestErrorAndHollowTheTrainingError) {
    const Figure figure = error_curves(data_of({{1, 2, 1, 2, 0.25, 0, 0}}));
    const Drawing& drawing = figure.drawings.front();  // 0 to 1 are places 10 to 464
    EXPECT_EQ(drawn(drawing.body, "dot f2").substr(0, 9), "M120.1 26");
    EXPECT_EQ(drawn(drawing.body, "hollow c2").substr(0, 9), "M461.4 26");
    EXPECT_EQ(drawing.description, "setting: test error 0.2500, training error 1.0000. ");
    expect_in(figure.caption, "Filled: test error of each run");
    expect_in(drawing.body, "error (fraction classified wrongly); filled: test, hollow: training");
}

TEST(ErrorCurves, RunsThatDidNotEndAreCounted) {
    ReportData data = data_of({{1, 2, 1, 2, 0.25, 0, 0}});
    data.runs.push_back(made_up_run("other", {{1, 1}}));
    data.runs.back().status = "diverged";
    data.groups.front().runs.push_back(1);
    expect_in(error_curves(data).drawings.front().body, ">0.2500, 1 of 2 diverged<");
}

}  // namespace
}  // namespace bnrun
