#include "chart/layers.h"

#include <gtest/gtest.h>

#include "support/drawn.h"

namespace bnrun {
namespace {

// 210 high: 0.01 to 1 are heights 176 to 36; layers 0.5 to 2.5 are places 44 to 284.
TEST(LayerLines, GoThroughEachLayersValueInTheirStyle) {
    const Frame frame = framed(kPanel, {}, layer_scale(2), {ScaleKind::kLog, 0.01, 1, 0, 1});
    const std::string svg = draw_layer_lines(frame, {{{0.01, 1}, {1, 2}, "data-run=\"0\""}}, 2).body;
    EXPECT_EQ(drawn(svg, "line c1 d2"), "M104 176 224 36\n");
    EXPECT_NE(svg.find("marker-start=\"url(#m1-2)\""), std::string::npos) << svg;
    EXPECT_NE(svg.find("<marker id=\"m1-2\""), std::string::npos) << svg;
}

TEST(LayerRanges, ReachFromSmallestToLargestAndSayWhatIsBeyond) {
    const Frame frame = framed(kPanel, {}, layer_scale(2), {ScaleKind::kLinear, 0, 1, 0, 1});
    const std::string svg = draw_layer_ranges(frame, {{0.25, 0.5}, {0.75, 3}, {1, 0}, ""}, 2, true).body;
    EXPECT_NE(svg.find(" d=\"M104 141V71M224 106V36\""), std::string::npos) << svg;
    EXPECT_EQ(drawn(svg, "lost"), lost_mark({224, 36 + kMarkRadius}) + "\n");
    EXPECT_NE(svg.find(R"(<rect class="band" x="44" y="50" width="240" height="112"/>)"), std::string::npos) << svg;
}

}  // namespace
}  // namespace bnrun
