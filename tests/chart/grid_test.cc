// A map of numbers: where each cell stands, and what it says.
#include "chart/grid.h"

#include <gtest/gtest.h>

#include "support/drawn.h"

namespace bnrun {
namespace {

const Scale kUnit(ScaleKind::kLinear, 0, 1, 0, 1);

/// Two columns, one row whose label is as wide as five letters.
Drawing two_cells(const GridCell& first, const GridCell& second) {
    return draw_grid({{"1", "2"}, {"depth"}, {{first, second}}}, "", "x", "y", kUnit);
}

void expect_drawn(const std::string& svg, const std::string& part) {
    EXPECT_NE(svg.find(part), std::string::npos) << svg;
}

// The row is 44 high from 46 on; the label takes 39.2 units and 12 of room, and 334.8 are left for two columns.
TEST(Grid, CellsHaveTheColourOfTheirValue) {
    const std::string svg = two_cells({0, "0", "low"}, {1, "1", "high"}).body;
    expect_drawn(svg, R"(<path class="cell" fill="#440154" d="M51.2 46h167.4v44h-167.4z"><title>low</title></path>)");
    expect_drawn(svg, R"(<path class="cell" fill="#fde725" d="M218.6 46h167.4v44h-167.4z"><title>high</title></path>)");
}

TEST(Grid, TextIsLightOnDarkAndDarkOnLight) {
    const std::string svg = two_cells({0.5, "0.5", ""}, {0.6, "0.6", ""}).body;
    expect_drawn(svg, R"(<text class="inside" x="134.9" y="73" text-anchor="middle">0.5</text>)");
    expect_drawn(svg, R"(<text class="inside dark")");
}

TEST(Grid, OneWithoutAValueIsACross) {
    const std::string svg = two_cells({std::nullopt, "", "diverged"}, {1, "1", ""}).body;
    EXPECT_EQ(drawn(svg, "lost"), lost_mark({134.9, 68}) + "\n");
    expect_drawn(svg, "<title>diverged</title>");
}

TEST(Grid, TheBestIsOutlined) {
    EXPECT_EQ(drawn(two_cells({0, "0", ""}, {1, "1", "", true}).body, "best"), "M218.6 46h167.4v44h-167.4z\n");
}

TEST(Grid, TextThatIsWiderThanItsCellIsLeftOut) {
    const std::string wide(30, '8');
    EXPECT_EQ(two_cells({0, wide, ""}, {1, "1", ""}).body.find(wide), std::string::npos);
}

}  // namespace
}  // namespace bnrun
