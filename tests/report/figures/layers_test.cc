// Figures by layer: what a frame of the slider has is what the figure draws at its iteration.
#include "report/figures/layers.h"

#include <gtest/gtest.h>

#include "support/drawn.h"
#include "support/report_runs.h"

namespace bnrun {
namespace {

/// Two iterations of two weight layers; the second norm of the first is beyond what a log scale has.
ReportData two_steps() {
    ReportRun run = made_up_run("run", {{0, 1}, {0.01, 1}});
    run.logged.iterations[0].activation_min = {0.25};
    run.logged.iterations[0].activation_max = {0.75};
    run.logged.iterations[1].activation_min = {0};
    run.logged.iterations[1].activation_max = {1};
    return one_group({run}, 1, 2);
}

std::string without_break(const std::string& path) { return path.substr(0, path.find('\n')); }

TEST(LayerFrames, HaveThePathsThatTheFiguresDraw) {
    const ReportData data = two_steps();
    const std::string frames = frames_json(data, steps_of(data, 10));
    for (const std::int64_t step : {1, 2}) {
        const std::string norms = gradient_norms(data, step).drawings.front().body;
        const std::string line = without_break(drawn(norms, "line c1 d2"));
        ASSERT_NE(line, "");
        EXPECT_NE(frames.find(line), std::string::npos) << line << "\n" << frames;
        const std::string ranges = activation_ranges(data, step).drawings.front().body;
        const std::string bars = without_break(drawn(ranges, "bar c1"));
        ASSERT_NE(bars, "");
        EXPECT_NE(frames.find('"' + bars + '"'), std::string::npos) << bars << "\n" << frames;
    }
}

TEST(LayerFrames, HaveTheMarksOfZerosBehindTwoBars) {
    const ReportData data = two_steps();
    const std::string wedge = without_break(drawn(gradient_norms(data, 1).drawings.front().body, "zero"));
    ASSERT_NE(wedge, "");
    const std::string frames = frames_json(data, steps_of(data, 10));
    EXPECT_NE(frames.find("h0||" + wedge + "\""), std::string::npos) << frames;
}

TEST(LayerFrames, OfASettingWithoutAPanelHaveNoRanges) {
    std::vector<ReportRun> runs(kMostPanels + 1, made_up_run("run", {{1, 1}}));
    for (ReportRun& run : runs) run.logged.iterations[0].activation_min = run.logged.iterations[0].activation_max = {1};
    const ReportData data = each_alone(runs);
    const std::string frames = frames_json(data, steps_of(data, 10));
    std::size_t bars = 0;
    for (std::size_t at = frames.find("\"bars\""); at != std::string::npos; at = frames.find("\"bars\"", at + 1))
        ++bars;
    EXPECT_EQ(bars, kMostPanels) << frames;
}

TEST(LayerFrames, HaveFactorAndVerdictOfEachStep) {
    const ReportData data = one_group({made_up_run("run", {{1, 20, 1}, {1, 1, 1}})});
    const std::string frames = frames_json(data, steps_of(data, 10));
    EXPECT_NE(frames.find(R"("factors":["×20 vanishing","×1 even"])"), std::string::npos) << frames;
    EXPECT_NE(frames.find(R"("steps":[1,2])"), std::string::npos) << frames;
}

TEST(LayerFrames, OfSeveralSeedsHaveTheirMeanAndWhiskers) {
    const ReportData data = one_group({made_up_run("a", {{0.01, 1}}), made_up_run("b", {{1, 1}})});
    const std::string frames = frames_json(data, steps_of(data, 10));
    EXPECT_NE(frames.find(R"("gradients":["0.1 1"])"), std::string::npos) << frames;
    const std::string whiskers = without_break(drawn(gradient_norms(data, 1).drawings.front().body, "whisker c0"));
    ASSERT_NE(whiskers, "");
    EXPECT_NE(frames.find("|||" + whiskers + "\""), std::string::npos) << frames;
}

TEST(LayerFigures, SayWhereEachLayerStands) {
    const Drawing drawing = gradient_norms(two_steps(), 2).drawings.front();
    const std::string columns = "data-columns=\"137 303\"";
    EXPECT_NE(drawing.attributes.find(columns), std::string::npos) << drawing.attributes;
    EXPECT_EQ(drawn(drawing.body, "line c1 d2").substr(0, 4), "M137");
}

}  // namespace
}  // namespace bnrun
