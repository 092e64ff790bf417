// A heat map for each run, on one scale of colours, and what of it is thinned.
#include "report/figures/heatmap.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

TEST(GradientHeatmap, HasAPanelForEachSettingAndAKey) {
    const Figure figure =
        gradient_heatmap(each_alone({made_up_run("a", {{0.01, 1}}), made_up_run("b", {{1, 100}, {1, 1}})}));
    ASSERT_EQ(figure.drawings.size(), 2U);
    EXPECT_EQ(figure.drawings[0].title, "Gradient norm by layer and iteration, a");
    EXPECT_EQ(figure.drawings[1].description, "b: norms from 1 to 1e2 over 2 layers and 2 logged iterations.");
    EXPECT_TRUE(figure.legend_on_page);
    EXPECT_EQ(figure.legend.description, "From 0.01 (dark) to 100 (light).");
}

TEST(GradientHeatmap, ColumnsReachFromTheirIterationToTheNext) {
    ReportRun run = made_up_run("run", {{1, 1}, {0.01, 0.01}});
    run.logged.iterations[1].iteration = 11;
    const std::string body = gradient_heatmap(one_group({run})).drawings.front().body;
    EXPECT_NE(body.find("d=\"M1 0.5h10.5M1 1.5h10.5\""), std::string::npos) << body;
    EXPECT_NE(body.find("d=\"M11 0.5h1M11 1.5h1\""), std::string::npos) << body;
}

TEST(GradientHeatmap, SaysHowALongRunIsThinned) {
    const Figure figure =
        gradient_heatmap(one_group({made_up_run("run", std::vector<std::vector<double>>(601, {1, 2}))}));
    EXPECT_NE(figure.caption.find("every 3rd of 601 rows"), std::string::npos) << figure.caption;
}

TEST(GradientHeatmap, OfRunsThatLoggedNothingIsEmpty) {
    EXPECT_TRUE(gradient_heatmap(one_group({made_up_run("run", {})})).drawings.empty());
}

}  // namespace
}  // namespace bnrun
