#include "report/figures/curves.h"

#include <gtest/gtest.h>

#include "chart/frame.h"
#include "support/drawn.h"
#include "support/report_runs.h"

namespace bnrun {
namespace {

// Losses 0 to 1 are heights 236 to 28, iterations 0 to 2 places 54 to 386.
TEST(LossCurves, DrawEachRunsLossInItsSettingsColourAndDash) {
    ReportRun run = made_up_run("run", {{1, 1}, {1, 1}});
    run.logged.iterations[0].loss = 1;
    run.logged.iterations[1].loss = 0.25;
    const Figure figure = loss_curves(one_group({run}, 4, 3));
    EXPECT_EQ(figure.caption, "The loss of each batch as it was trained.") << "1 is on the scale";
    const Drawing& drawing = figure.drawings.front();
    EXPECT_EQ(drawn(drawing.body, "line c4 d3 thin"), "M220 28 386 184\n");
    EXPECT_EQ(drawing.description, "setting: 1 at iteration 1, 0.25 at iteration 2. ");
}

TEST(LossCurves, OfSeveralSeedsAreTheirMeanWithABand) {
    ReportRun a = made_up_run("a", {{1, 1}, {1, 1}});
    ReportRun b = a;
    b.logged.iterations[0].loss = b.logged.iterations[1].loss = 0.5;
    const Figure figure = loss_curves(one_group({a, b}, 4, 3));
    const std::string body = figure.drawings.front().body;
    EXPECT_EQ(drawn(body, "line c4 d3 thin"), "M220 80 386 80\n") << "0.75";
    EXPECT_NE(drawn(body, "spread f4"), "");
    EXPECT_NE(figure.caption.find("mean over its seeds"), std::string::npos) << figure.caption;
}

TEST(LossCurves, ADivergedRunIsACrossAndInNoMean) {
    ReportRun done = made_up_run("a", {{1, 1}, {1, 1}});
    ReportRun lost = made_up_run("b", {{1, 1}});
    lost.logged.iterations[0].loss = 0;
    lost.status = "diverged";
    const Figure figure = loss_curves(one_group({done, lost}));
    const std::string body = figure.drawings.front().body;
    EXPECT_EQ(drawn(body, "line c0 d0 thin"), "M220 28 386 28\n");
    EXPECT_EQ(drawn(body, "lost"), lost_mark({220, 28 + kMarkRadius}) + "\n");
    EXPECT_NE(body.find("<title>b diverged after iteration 1</title>"), std::string::npos) << body;
    EXPECT_NE(figure.caption.find("where a run diverged"), std::string::npos) << figure.caption;
}

// Norms 0.01 to 1 are heights 236 to 46, iterations 0 to 2 places 54 to 374.
TEST(GradientsOverIterations, EachLayerIsALineInItsSettingsColourFromStrongToFaint) {
    const Figure figure = gradients_over_iterations(one_group({made_up_run("run", {{0.01, 1}, {0.1, 1}})}, 2));
    ASSERT_EQ(figure.drawings.size(), 1U);
    EXPECT_EQ(drawn(figure.drawings[0].body, "line thin c2 v0"), "M214 236 374 141\n");
    EXPECT_EQ(drawn(figure.drawings[0].body, "line thin c2 v15"), "M214 46 374 46\n");
    EXPECT_NE(figure.drawings[0].body.find("data-layer=\"2\""), std::string::npos);
    EXPECT_NE(figure.drawings[0].body.find(">setting</text>"), std::string::npos) << figure.drawings[0].body;
    EXPECT_EQ(figure.drawings[0].description,
              "First layer: 0.01 at iteration 1, 0.1 at iteration 2; last layer: 1 at iteration 1, 1 at iteration 2.");
}

TEST(GradientsOverIterations, OfManySettingsTheBestHaveAPanel) {
    std::vector<ReportRun> runs;
    for (std::size_t i = 0; i <= kMostPanels; ++i) runs.push_back(made_up_run("run", {{0.01, 1}}));
    const Figure figure = gradients_over_iterations(each_alone(runs));
    EXPECT_EQ(figure.drawings.size(), kMostPanels);
    EXPECT_NE(figure.caption.find("Of 7 settings the 6 with the lowest test error are shown"), std::string::npos);
}

TEST(GradientsOverIterations, SayHowRowsAreLeftOut) {
    ReportRun run = made_up_run("run", std::vector<std::vector<double>>(2000, {1, 1}));
    run.rows = 20000;
    const std::string caption = gradients_over_iterations(one_group({run})).caption;
    EXPECT_NE(caption.find("Of up to 20,000 rows of a run, 2,000 are read."), std::string::npos) << caption;
    EXPECT_NE(caption.find("the largest of every 4 are drawn"), std::string::npos) << caption;
}

}  // namespace
}  // namespace bnrun
