#include "chart/layers.h"

#include <gtest/gtest.h>

#include "support/drawn.h"

namespace bnrun {
namespace {

// 0.01 to 1 are heights 236 to 46; layers 0.5 to 2.5 are places 54 to 386.
TEST(LayerLines, GoThroughEachLayersValueInTheirStyle) {
    const Frame frame = framed(kChart, {}, layer_scale(2), {ScaleKind::kLog, 0.01, 1, 0, 1});
    const std::string svg =
        draw_layer_lines(frame, {{{0.01, 1}, {0.01, 0.1}, {0.1, 10}, {1, 2}, "data-group=\"0\""}}, 2).body;
    EXPECT_EQ(drawn(svg, "line c1 d2"), "M137 236 303 46\n");
    EXPECT_EQ(drawn(svg, "whisker c1"), "M137 236V141M303 141V46\n") << "kept within the frame";
    EXPECT_NE(svg.find("marker-start=\"url(#m1-2)\""), std::string::npos) << svg;
    EXPECT_NE(svg.find("<marker id=\"m1-2\""), std::string::npos) << svg;
}

TEST(LayerRanges, ReachFromSmallestToLargestAndSayWhatIsBeyond) {
    const Frame frame = framed(kChart, {}, layer_scale(2), {ScaleKind::kLinear, 0, 1, 0, 1});
    const std::string svg =
        draw_layer_ranges(frame, {{0.25, 0.5}, {0.75, 3}, {0, 0.5}, {1, 3}, {1, 0}, ""}, 2, true).body;
    EXPECT_NE(svg.find(" d=\"M137 188.5V93.5M303 141V46\""), std::string::npos) << svg;
    EXPECT_EQ(drawn(svg, "whisker c1"), "M137 236V46M303 141V46\n");
    EXPECT_EQ(drawn(svg, "lost"), lost_mark({303, 46 + kMarkRadius}) + "\n");
    EXPECT_NE(svg.find(R"(<rect class="band" x="54" y="65" width="332" height="152"/>)"), std::string::npos) << svg;
}

}  // namespace
}  // namespace bnrun
