#include "chart/dots.h"

#include <gtest/gtest.h>

#include "support/drawn.h"

namespace bnrun {
namespace {

// 226 wide, of which 10 to 210 are values 0 to 1.
std::string dots(const std::vector<double>& values, const std::vector<double>& beside) {
    return draw_dots({{"label", values, beside, "", {3, 0}, ""}}, "error", 226).body;
}

TEST(DotsChart, WhiskersReachOneStandardDeviationFromTheMean) {
    EXPECT_EQ(drawn(dots({0.2, 0.3, 0.4}, {1}), "whisker c3"), "M50 26H90M50 22v8M90 22v8M70 20v12\n");
    EXPECT_EQ(drawn(dots({0.4}, {1}), "whisker c3"), "");
}

TEST(DotsChart, WhiskersEndWithTheAxis) {
    EXPECT_EQ(drawn(dots({0, 0, 0, 1}, {}), "whisker c3"), "M10 26H160M10 22v8M160 22v8M60 20v12\n");
}

TEST(DotsChart, ValuesAreFilledAndThoseBesideHollow) {
    const std::string svg = dots({0.2, 0.4}, {1});
    EXPECT_EQ(
        drawn(svg, "dot f3 seed"),
        "M46.6 26a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0z\nM86.6 26a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0z\n");
    EXPECT_EQ(drawn(svg, "hollow c3"), "M207.4 26a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z\n");
}

TEST(DotsChart, EachDotSaysItsValue) {
    const std::string svg = dots({0.25}, {0.123456});
    EXPECT_NE(svg.find("<title>0.25</title>"), std::string::npos) << svg;
    EXPECT_NE(svg.find("<title>0.1235</title>"), std::string::npos) << svg;
}

}  // namespace
}  // namespace bnrun
