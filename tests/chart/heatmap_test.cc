#include "chart/heatmap.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/drawn.h"

namespace bnrun {
namespace {

const std::string kDarkest = "#440557";  // half a step from viridis's ends
const std::string kLightest = "#f6e626";

const Scale kColours(ScaleKind::kLog, 0.01, 1, 0, 1);

std::string heatmap(const std::vector<double>& first_column, const std::vector<double>& second_column) {
    const Frame frame = framed(kChart, {}, {ScaleKind::kLinear, 1, 3, 0, 1}, kColours);
    return draw_heatmap(frame, {{1, 2, &first_column}, {2, 3, &second_column}}, first_column.size(), kColours).body;
}

void expect_in(const std::string& svg, const std::string& part) { EXPECT_NE(svg.find(part), std::string::npos) << svg; }

TEST(Heatmap, LargeIsLightAndSmallIsDark) {
    const std::string svg = heatmap({1, 0.01}, {1, 0.01});
    expect_in(svg, "<path stroke=\"" + kLightest + "\" d=\"M1 0.5h2\"><title>");
    expect_in(svg, "<path stroke=\"" + kDarkest + "\" d=\"M1 1.5h2\"><title>");
}

TEST(Heatmap, BeyondTheScaleColoursStayAtItsEnds) {
    const std::string svg = heatmap({100, 1e-9}, {100, 1e-9});
    expect_in(svg, "<path stroke=\"" + kLightest + "\" d=\"M1 0.5h2\"><title>");
    expect_in(svg, "<path stroke=\"" + kDarkest + "\" d=\"M1 1.5h2\"><title>");
}

TEST(Heatmap, EachColumnHasItsOwnColourAndOverlapsTheNext) {
    const std::string svg = heatmap({1}, {0.01});
    expect_in(svg, "<path stroke=\"" + kLightest + "\" d=\"M1 0.5h1.5\"><title>");
    expect_in(svg, "<path stroke=\"" + kDarkest + "\" d=\"M2 0.5h1\"><title>");
}

TEST(Heatmap, MarksWhatIsNotFiniteAndWhatIsNotAboveZero) {
    const std::string svg = heatmap({std::numeric_limits<double>::quiet_NaN(), 0}, {1, 1});
    EXPECT_EQ(drawn(svg, "bad"), "M1 0.5h1.5\n");
    EXPECT_EQ(drawn(svg, "zero"), "M1 1.5h1.5\n");
}

TEST(Heatmap, EachColourSaysItsValues) {
    const std::string svg = heatmap({1, 0.01, 0.1}, {0, std::numeric_limits<double>::infinity(), 0.1});
    for (const char* title : {"from 0.91", "up to 0.011", "0.1 to 0.11", "not above 0", "not finite"}) {
        expect_in(svg, "<title>" + std::string(title) + "</title>");
    }
}

TEST(ColourKey, RunsFromDarkAndSmallToLightAndLarge) {
    const std::string svg = draw_colour_key(kColours, "norm").body;
    const std::size_t dark = svg.find("<rect x=\"14.00\" y=\"20\" width=\"8.05\" height=\"10\" fill=\"" + kDarkest);
    const std::size_t light = svg.find("<rect x=\"378.25\" y=\"20\" width=\"8.05\" height=\"10\" fill=\"" + kLightest);
    EXPECT_LT(dark, light) << svg;
    EXPECT_NE(light, std::string::npos) << svg;
    expect_in(svg, R"(x="14" y="47" text-anchor="middle">10⁻²<)");
    expect_in(svg, R"(x="386" y="47" text-anchor="middle">10⁰<)");
}

}  // namespace
}  // namespace bnrun
