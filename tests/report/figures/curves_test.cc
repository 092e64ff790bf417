#include "report/figures/curves.h"

#include <gtest/gtest.h>

#include "support/drawn.h"
#include "support/report_runs.h"

namespace bnrun {
namespace {

// Losses 0 to 1 are heights 266 to 22.
TEST(LossCurves, DrawEachRunsLossInItsSettingsColourAndDash) {
    ReportRun run = made_up_run("run", {{1, 1}, {1, 1}});
    run.logged.iterations[0].loss = 1;
    run.logged.iterations[1].loss = 0.25;
    const Figure figure = loss_curves(one_group({run}, 4, 3));
    EXPECT_EQ(figure.caption, "The loss of each batch as it was trained, a line for each run.") << "1 is on the scale";
    const Drawing& drawing = figure.drawings.front();
    EXPECT_EQ(drawn(drawing.body, "line c4 d3 thin"), "M254 22 464 205\n");
    EXPECT_EQ(drawing.description, "run: 1 at iteration 1, 0.25 at iteration 2. ");
}

// Norms 0.01 to 1 are heights 176 to 36, iterations 0 to 2 places 44 to 278.
TEST(GradientsOverIterations, OfFewRunsEachLayerIsALineFromDarkToLight) {
    const Figure figure = gradients_over_iterations(one_group({made_up_run("run", {{0.01, 1}, {0.1, 1}})}));
    ASSERT_EQ(figure.drawings.size(), 1U);
    EXPECT_EQ(drawn(figure.drawings[0].body, "line thin v0"), "M161 176 278 106\n");
    EXPECT_EQ(drawn(figure.drawings[0].body, "line thin v15"), "M161 36 278 36\n");
    EXPECT_NE(figure.drawings[0].body.find(">run</text>"), std::string::npos) << figure.drawings[0].body;
    EXPECT_EQ(figure.drawings[0].description,
              "First layer: 0.01 at iteration 1, 0.1 at iteration 2; last layer: 1 at iteration 1, 1 at iteration 2.");
}

TEST(GradientsOverIterations, OfManyRunsFirstMiddleAndLastLayerHaveAPanel) {
    std::vector<ReportRun> runs;
    for (std::size_t i = 0; i <= kMostPanels; ++i) runs.push_back(made_up_run("run", {{0.01, 1, 1, 0.1, 1}}));
    const Figure figure = gradients_over_iterations(one_group(runs, 1, 2));
    ASSERT_EQ(figure.drawings.size(), 3U);
    runs.pop_back();
    EXPECT_EQ(gradients_over_iterations(one_group(runs)).drawings.size(), kMostPanels);
    const std::vector<std::string> titles{"layer 1 of 5", "layer 3 of 5", "layer 5 of 5"};
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NE(figure.drawings[i].body.find(titles[i]), std::string::npos) << i;
    EXPECT_EQ(drawn(figure.drawings[0].body, "line c1 d2 thin").substr(0, 12), "M278 176h0\nM");
}

}  // namespace
}  // namespace bnrun
