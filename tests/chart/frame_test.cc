#include "chart/frame.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "chart/assets.h"
#include "support/drawn.h"

namespace bnrun {
namespace {

TEST(Style, NamesItsColourAndItsDash) {
    const Style style{5, 3};
    EXPECT_EQ(style.line(), "line c5 d3");
    EXPECT_EQ(style.fill(), "f5");
}

TEST(Style, EveryDashButTheFirstIsDashedAndNoTwoAreAlike) {
    const std::string css(chart_css());
    EXPECT_EQ(css.find(".d0{"), std::string::npos);
    std::set<std::string> patterns;
    for (std::size_t dash = 1; dash < kDashes; ++dash) {
        const std::size_t rule = css.find(".d" + std::to_string(dash) + "{stroke-dasharray:");
        ASSERT_NE(rule, std::string::npos) << dash;
        patterns.insert(css.substr(rule + 4, css.find('}', rule) - rule - 4));
    }
    EXPECT_EQ(patterns.size(), kDashes - 1);
}

TEST(Style, EveryColourHasALineAndAFillOnLightAndOnDarkGround) {
    const std::string css(chart_css());
    const std::size_t dark = css.find("@media");
    for (std::size_t colour = 0; colour < kColours; ++colour) {
        for (const std::string& rule :
             {"c" + std::to_string(colour) + "{stroke:", "f" + std::to_string(colour) + "{fill:"}) {
            EXPECT_LT(css.find("." + rule), dark) << rule;
            EXPECT_NE(css.find("." + rule, dark), std::string::npos) << rule;
        }
    }
}

TEST(Legend, ShowsEachSettingsColourDashAndMarker) {
    const std::string svg = draw_legend({{"first", {1, 2}}, {"second", {3, 0}}}, 400).body;
    EXPECT_EQ(drawn(svg, "line c1 d2"), "M0 10L26 10\n");
    EXPECT_EQ(drawn(svg, "f1"), marker_shape(2, {13, 10}, 3) + "\n");
    EXPECT_NE(drawn(svg, "line c3 d0"), "");
    EXPECT_LT(svg.find(">first<"), svg.find(">second<"));
}

/// Values 0.1…10 on a log scale of 100 units, x 0…10 on 100 units; both edges are at round places.
Frame hundred() {
    return framed({120, 130}, {10, 10, 10, 20}, {ScaleKind::kLinear, 0, 10, 0, 1}, {ScaleKind::kLog, 0.1, 10, 0, 1});
}

TEST(Series, LinesJoinNeighbours) {
    const SeriesPaths paths = series_paths({0, 5, 10}, {0.1, 1, 10}, hundred());
    EXPECT_EQ(paths.line, "M10 110 60 60 110 10");
    EXPECT_EQ(paths.lost + paths.zeros, "");
}

TEST(Series, WhatIsNotFiniteOrNotPositiveLeavesAGapAndOneMark) {
    const SeriesPaths paths = series_paths(
        {0, 1, 2, 3, 4, 5, 6},
        {1, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1, 0, -1, 1}, hundred());
    EXPECT_EQ(paths.line, "M10 60h0M40 60h0M70 60h0");
    EXPECT_EQ(paths.lost, "M16.8 10l6.4 6.4m0 -6.4l-6.4 6.4");
    EXPECT_EQ(paths.zeros, "M46.8 103.6l3.2 6.4 3.2 -6.4");
}

TEST(Series, BeyondTheScaleThereIsAMarkAtTheEdge) {
    const SeriesPaths paths = series_paths({0, 5, 10}, {1e-9, 1, 1e9}, hundred());
    EXPECT_EQ(paths.line, "M60 60h0");
    EXPECT_NE(paths.zeros, "");
    EXPECT_NE(paths.lost, "");
}

TEST(Shortened, KeepsTheEndAndNeverHalfALetter) {
    EXPECT_EQ(shortened("abcdef", 6), "abcdef");
    EXPECT_EQ(shortened("abcdef", 4), "…def");
    EXPECT_EQ(shortened("aäöüß", 3), "…üß");
}

}  // namespace
}  // namespace bnrun
