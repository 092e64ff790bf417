#include "chart/dots.h"

#include <gtest/gtest.h>

#include "support/drawn.h"

namespace bnrun {
namespace {

// 234 wide, of which 14 to 214 are values 0 to 1.
std::string dots(const std::vector<double>& values, const std::vector<double>& beside) {
    return draw_dots({{"label", values, beside, "", {3, 0}, ""}}, "error", 234).body;
}

TEST(DotsChart, WhiskersReachOneStandardDeviationFromTheMean) {
    EXPECT_EQ(drawn(dots({0.2, 0.3, 0.4}, {1}), "whisker c3"), "M54 48H94M54 44v8M94 44v8M74 42v12\n");
    EXPECT_EQ(drawn(dots({0.4}, {1}), "whisker c3"), "");
}

TEST(DotsChart, WhiskersEndWithTheAxis) {
    EXPECT_EQ(drawn(dots({0, 0, 0, 1}, {}), "whisker c3"), "M14 48H164M14 44v8M164 44v8M64 42v12\n");
}

TEST(DotsChart, ValuesAreFilledAndThoseBesideHollow) {
    const std::string svg = dots({0.2, 0.4}, {1});
    EXPECT_EQ(drawn(svg, "dot f3 seed"),
              "M50 48a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z\nM90 48a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z\n");
    EXPECT_EQ(drawn(svg, "hollow c3"), "M210.8 48a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0z\n");
}

TEST(DotsChart, EachDotSaysItsValue) {
    const std::string svg = dots({0.25}, {0.123456});
    EXPECT_NE(svg.find("<title>0.25</title>"), std::string::npos) << svg;
    EXPECT_NE(svg.find("<title>0.1235</title>"), std::string::npos) << svg;
}

}  // namespace
}  // namespace bnrun
