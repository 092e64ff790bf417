#include "experiment/report/chart_frame.h"

#include <gtest/gtest.h>

#include <set>

#include "experiment/report/assets.h"
#include "experiment/report/chart_layers.h"
#include "experiment/report/report_groups.h"
#include "support/report_runs.h"

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
    EXPECT_EQ(drawn(svg, "line c1 d2"), "M0 8L26 8\n");
    EXPECT_EQ(drawn(svg, "f1"), marker_shape(2, {13, 8}, 3) + "\n");
    EXPECT_NE(drawn(svg, "line c3 d0"), "");
    EXPECT_LT(svg.find(">first<"), svg.find(">second<"));
}

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
