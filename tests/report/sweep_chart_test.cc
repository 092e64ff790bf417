#include "report/sweep_chart.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/drawn.h"
#include "support/report_runs.h"

namespace bnrun {
namespace {

Drawing sweep_over(std::initializer_list<double> values) {
    SweepCurve curve;
    for (const double x : values) curve.cells.push_back({x, {0.25}, {}, {}});
    return draw_sweep({"test error", "key", {curve}}, {Style{}}, {""});
}

TEST(SweepChart, AnAxisIsLogarithmicWhereValuesWouldCrowd) {
    for (const auto& values : {std::initializer_list<double>{4e-5, 4e-4, 2e-3}, {2, 5, 10, 20, 30, 50, 100}})
        EXPECT_NE(sweep_over(values).attributes.find("data-x=\"log "), std::string::npos) << *values.begin();
    for (const auto& values :
         {std::initializer_list<double>{0, 0.1, 0.2, 0.5}, {1, 5, 10, 15, 20}, {100, 150, 300}, {-1, 1, 99}})
        EXPECT_NE(sweep_over(values).attributes.find("data-x=\"linear "), std::string::npos) << *values.begin();
}

TEST(SweepChart, ZeroHasItsPlaceOnALogarithmicAxis) {
    const Drawing drawing = sweep_over({0, 1e-6, 1e-5, 1e-4, 1e-3});
    EXPECT_NE(drawing.attributes.find("data-x=\"log "), std::string::npos);
    EXPECT_NE(drawing.body.find(">0</text>"), std::string::npos);
    EXPECT_NE(drawing.body.find("key (log scale, and 0)"), std::string::npos);
    EXPECT_NE(drawing.body.find("test error (fraction of samples classified wrongly)"), std::string::npos);
    EXPECT_EQ(drawing.body.find("10⁻⁷"), std::string::npos);  // there stands 0
    const std::size_t line = drawing.body.find("class=\"line ");
    const std::string path = drawing.body.substr(line, drawing.body.find("/>", line) - line);
    EXPECT_EQ(std::count(path.begin(), path.end(), 'M'), 1) << path;  // one line through 0, too
}

// 0 to 1 are heights 236 to 28.
std::string sweep_of(const SweepCurve& curve) {
    return draw_sweep({"test error", "key", {curve}}, {{3, 2}}, {""}).body;
}

TEST(SweepChart, ErrorBarsReachOneStandardDeviationFromTheMean) {
    SweepCurve curve;
    curve.cells.push_back({1, {0.2, 0.3, 0.4}, {}, {}});
    curve.cells.push_back({2, {1}, {}, {}});
    const std::string svg = sweep_of(curve);
    EXPECT_EQ(drawn(svg, "whisker c3"), "M69.1 194.4V152.8M66.1 194.4h6M66.1 152.8h6\n");
    EXPECT_EQ(drawn(svg, "line c3 d2"), "M69.1 173.6 370.9 28\n");
}

TEST(SweepChart, TheAxisNamesWhatIsMeasured) {
    SweepCurve curve;
    curve.cells.push_back({1, {0.5}, {}, {}});
    curve.cells.push_back({2, {0.5}, {}, {}});
    EXPECT_NE(draw_sweep({"distance", "key", {curve}}, {{3, 2}}, {""}).body.find(">distance</text>"),
              std::string::npos);
}

TEST(SweepChart, EachMarkSaysWhereItStandsAndItsMean) {
    SweepCurve curve;
    curve.cells.push_back({1e-4, {0.2, 0.4}, {}, {}});
    curve.cells.push_back({2, {1}, {}, {}});
    const std::string svg = sweep_of(curve);
    EXPECT_NE(svg.find("<title>0.0001: 0.3000 ± 0.1414</title>"), std::string::npos) << svg;
    EXPECT_NE(svg.find("<title>2: 1.0000</title>"), std::string::npos) << svg;
}

TEST(SweepChart, ErrorBarsEndAtZero) {
    SweepCurve curve;
    curve.cells.push_back({1, {0, 0, 0, 1}, {}, {}});
    curve.cells.push_back({2, {1}, {}, {}});
    EXPECT_EQ(drawn(sweep_of(curve), "whisker c3"), "M69.1 236V80M66.1 236h6M66.1 80h6\n");
}

TEST(SweepChart, RunsWithoutAResultAreACrossAtTheUpperEdge) {
    SweepCurve curve;
    curve.cells.push_back({1, {}, {"a"}, {"diverged"}});
    curve.cells.push_back({2, {0.5}, {"b"}, {}});
    EXPECT_EQ(drawn(sweep_of(curve), "cross c3"), lost_mark({69.1, 28 + kMarkRadius}) + "\n");
}

TEST(SweepChart, WithoutAnAxisOfNumbersEachCurveIsARowOfDots) {
    SweepCurve curve;
    curve.label = "batch_norm=true";
    curve.cells.push_back({0, {0.25}, {"a", "b"}, {"diverged"}});
    const std::string svg = draw_sweep({"test error", "", {curve}}, {{3, 2}}, {""}).body;
    EXPECT_NE(svg.find("batch_norm=true"), std::string::npos) << svg;
    EXPECT_NE(svg.find("1 of 2 diverged"), std::string::npos) << svg;
}

}  // namespace
}  // namespace bnrun
