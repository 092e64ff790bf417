// The picture that heads a sweep's report: its words, and colours that agree with the other figures.
#include "report/figures/sweep.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

SweepRow row(const std::string& run, const std::string& l2, const std::string& norm, double error) {
    SweepRow made{run, {l2, norm}, "done", {}, error};
    made.test_loss = 10 * error;
    return made;
}

/// Two settings of two points each; the groups of their runs have colours 5 and 3.
ReportData two_curves() {
    ReportData data;
    data.groups = {{"on", {0, 1}, 5, 0}, {"off", {2, 3}, 3, 1}};
    for (const char* name : {"a", "b", "c", "d"}) data.runs.push_back(made_up_run(name, {{1, 1}}));
    data.runs[2].group = data.runs[3].group = 1;
    data.sweep = SweepSummary{{"train.l2", "model.batch_norm"},
                              {row("a", "0", "true", 0.25), row("b", "1", "true", 0.125), row("c", "0", "false", 0.5),
                               row("d", "1", "false", 0.75)},
                              {}};
    return data;
}

TEST(SweepFigure, IsThereForASweepOnly) {
    ReportData data = two_curves();
    data.sweep.reset();
    EXPECT_FALSE(sweep_figure(data));
}

TEST(SweepFigure, SaysWhatIsLowestAndWhere) {
    const Figure figure = sweep_figure(two_curves()).value();
    EXPECT_EQ(figure.heading, "Test error against l2");
    EXPECT_EQ(figure.drawings.front().title, "Test error of the sweep");
    EXPECT_EQ(figure.drawings.front().description,
              "batch_norm=true: lowest test error 0.1250 at train.l2 = 1. "
              "batch_norm=false: lowest test error 0.5000 at train.l2 = 0. ");
    EXPECT_EQ(figure.caption, "Mean and standard deviation over seeds.");
}

TEST(SweepFigure, NamesWhatItShowsInstead) {
    ReportData data = two_curves();
    data.y = "test_loss";
    const Figure figure = sweep_figure(data).value();
    EXPECT_EQ(figure.heading, "Test loss against l2");
    EXPECT_NE(figure.drawings.front().description.find("lowest test loss 1.2500"), std::string::npos);
}

TEST(SweepFigure, CurvesHaveTheColoursOfTheirRuns) {
    const std::string body = sweep_figure(two_curves()).value().drawings.front().body;
    EXPECT_NE(body.find("data-group=\"0\"><path class=\"line c5 d0\""), std::string::npos) << body;
    EXPECT_NE(body.find("data-group=\"1\"><path class=\"line c3 d1\""), std::string::npos) << body;
}

TEST(SweepFigure, ACurveWhoseRunsHaveDifferentColoursHasNone) {
    ReportData data = two_curves();
    data.groups.push_back({"third", {1}, 2, 0});
    data.runs[1].group = 2;
    const std::string body = sweep_figure(data).value().drawings.front().body;
    EXPECT_NE(body.find("<path class=\"line c7 d0\""), std::string::npos) << body;
}

TEST(SweepFigure, HasALegendOfItsCurves) {
    const Figure figure = sweep_figure(two_curves()).value();
    ASSERT_EQ(figure.entries.size(), 2U);
    EXPECT_EQ(figure.entries[1].label, "batch_norm=false");
    EXPECT_EQ(figure.entries[1].style.colour, 3U);
}

TEST(SweepFigure, SaysWhatACrossIsWhereThereIsOne) {
    ReportData data = two_curves();
    data.sweep->rows[0].status = "diverged";
    EXPECT_NE(sweep_figure(data).value().caption.find("A cross at the upper edge"), std::string::npos);
}

}  // namespace
}  // namespace bnrun
