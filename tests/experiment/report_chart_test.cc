#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiment/report/chart_frame.h"
#include "experiment/report/chart_lines.h"
#include "experiment/report/ramp.h"
#include "experiment/report/scale.h"
#include "experiment/report/statistics.h"
#include "experiment/report/svg.h"
#include "experiment/report/sweep_series.h"
#include "experiment/report/thinning.h"

namespace bnrun {
namespace {

const double kNaN = std::numeric_limits<double>::quiet_NaN();
const double kInf = std::numeric_limits<double>::infinity();

std::vector<std::string> labels(const Scale& scale, int most) {
    std::vector<std::string> texts;
    for (const Tick& tick : scale.ticks(most)) texts.push_back(tick.label);
    return texts;
}

Extent extent_of(std::initializer_list<double> values) {
    Extent extent;
    for (const double value : values) extent.add(value);
    return extent;
}

/// Values 0.1…10 on a log scale of 100 units, x 0…10 on 100 units; both edges are at round places.
Frame hundred() {
    return framed({120, 130}, {10, 10, 10, 20}, {ScaleKind::kLinear, 0, 10, 0, 1}, {ScaleKind::kLog, 0.1, 10, 0, 1});
}

TEST(Scale, PutsValuesWhereTheirShareOfTheRangeIs) {
    const Scale linear(ScaleKind::kLinear, 0, 10, 100, 0);
    EXPECT_DOUBLE_EQ(linear.at(2.5).value(), 75);
    const Scale log(ScaleKind::kLog, 1e-4, 1, 0, 40);
    EXPECT_DOUBLE_EQ(log.at(1e-3).value(), 10);
    for (const double value : {0.0, -1.0, kNaN, kInf}) EXPECT_FALSE(log.at(value).has_value()) << value;
    EXPECT_DOUBLE_EQ(linear.at(0).value(), 100);
    EXPECT_FALSE(linear.at(-kInf).has_value());
}

TEST(Scale, MarksRoundValues) {
    using Texts = std::vector<std::string>;
    EXPECT_EQ(labels({ScaleKind::kLinear, 0, 1, 0, 1}, 5), (Texts{"0", "0.2", "0.4", "0.6", "0.8", "1"}));
    EXPECT_EQ(labels({ScaleKind::kLinear, -3, 7, 0, 1}, 5), (Texts{"-2", "0", "2", "4", "6"}));
    EXPECT_EQ(labels({ScaleKind::kLog, 1e-7, 10, 0, 1}, 4), (Texts{"10⁻⁷", "10⁻⁵", "10⁻³", "10⁻¹", "10¹"}));
    EXPECT_EQ(labels({ScaleKind::kLog, 0.1, 1, 0, 1}, 5), (Texts{"0.1", "0.2", "0.5", "1"}));
}

TEST(Scale, WidensToRoundEnds) {
    const Scale log = Scale::rounded(ScaleKind::kLog, extent_of({4e-7, 3}), 0, 1);
    EXPECT_DOUBLE_EQ(log.low(), 1e-7);
    EXPECT_DOUBLE_EQ(log.high(), 10);
    const Scale linear = Scale::rounded(ScaleKind::kLinear, extent_of({0, 0.84}), 0, 1);
    EXPECT_DOUBLE_EQ(linear.high(), 1);
    const Scale one = Scale::rounded(ScaleKind::kLinear, extent_of({5, kNaN, 5}), 0, 1);
    EXPECT_LT(one.low(), 5);
    EXPECT_GT(one.high(), 5);
    EXPECT_DOUBLE_EQ(Scale::rounded(ScaleKind::kLog, Extent{}, 0, 1).high(), 1);
}

TEST(Scale, AFewValuesFarOutsideDoNotSetIt) {
    std::vector<double> values(100, 1);
    values[3] = 2;
    values[7] = 1e30;
    values[8] = kNaN;
    EXPECT_EQ(central_extent(values, ScaleKind::kLinear).high(), 2);
    EXPECT_EQ(central_extent(values, ScaleKind::kLog).high(), 2);
    EXPECT_EQ(central_extent({1, 1e6}, ScaleKind::kLinear).high(), 1e6);
    EXPECT_TRUE(central_extent({0, -1}, ScaleKind::kLog).empty());
}

TEST(Scale, TheSmallestTheLargestAndTheNearestNumbersHaveAnAxisWithAnEnd) {
    constexpr double kSmallest = 5e-324;
    constexpr double kLargest = std::numeric_limits<double>::max();
    const std::vector<Extent> extents{extent_of({kSmallest}),           extent_of({kSmallest, 1}),
                                      extent_of({0, kSmallest}),        extent_of({kLargest}),
                                      extent_of({kSmallest, kLargest}), extent_of({-kLargest, kLargest}),
                                      extent_of({1, 1 + 2e-16}),        extent_of({1e16, 1e16 + 2}),
                                      extent_of({-1e300, 1e300}),       extent_of({1e305, 1e306})};
    for (const Extent& extent : extents) {
        for (const ScaleKind kind : {ScaleKind::kLinear, ScaleKind::kLog}) {
            if (kind == ScaleKind::kLog && extent.low() <= 0) continue;
            for (const Scale& scale :
                 {Scale::rounded(kind, extent, 0, 100), Scale(kind, extent.low(), extent.high(), 0, 100)}) {
                EXPECT_LT(scale.low(), scale.high());
                EXPECT_LE(scale.ticks(5).size(), 18U);
                for (const double value : {extent.low(), extent.high(), 1.0, kSmallest, kLargest}) {
                    EXPECT_TRUE(std::isfinite(scale.at(value).value())) << value;
                }
            }
        }
    }
}

TEST(Scale, EndsThatNoAxisHasAreReplaced) {
    for (const double low : {kNaN, -kInf, kInf, 0.0, 1.0}) {
        for (const double high : {kNaN, -kInf, kInf, 0.0, 1.0}) {
            for (const ScaleKind kind : {ScaleKind::kLinear, ScaleKind::kLog}) {
                const Scale scale(kind, low, high, 0, 1);
                EXPECT_LT(scale.low(), scale.high()) << low << " " << high;
                EXPECT_TRUE(std::isfinite(scale.high() - scale.low())) << low << " " << high;
                EXPECT_LE(scale.ticks(5).size(), 18U);
            }
        }
    }
}

TEST(Scale, LabelsAreShort) {
    EXPECT_EQ(number_label(4.0782e-07), "4.08e-7");
    EXPECT_EQ(number_label(1e20, 2), "1e20");
    EXPECT_EQ(number_label(0.8122), "0.812");
    EXPECT_EQ(number_label(kNaN), "NaN");
    EXPECT_EQ(number_label(-kInf), "-Inf");
}

TEST(Svg, EscapesWhatWouldEndATextOrAnAttribute) {
    EXPECT_EQ(escaped("<b a=\"1\" b='2'>&\n\x01"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;\\u000a\\u0001");
    EXPECT_EQ(escaped("µ · 层"), "µ · 层");
}

TEST(Svg, CoordinatesHaveOneDecimal) {
    EXPECT_EQ(coordinate(12), "12");
    EXPECT_EQ(coordinate(0.25), "0.2");
    EXPECT_EQ(coordinate(-0.04), "0");
    EXPECT_EQ(coordinate(-1.26), "-1.3");
}

TEST(Svg, DescribesAndWrites) {
    Canvas canvas;
    canvas.line("axis", {0, 1}, {2, 3});
    canvas.text("tick", {1, 2}, Anchor::kEnd, "a<b");
    const Drawing drawing{20, 10, "what & why", "0.5 to 1", R"(data-run="1")", canvas.svg()};
    EXPECT_EQ(
        inline_svg(drawing, "x"),
        R"(<svg role="img" aria-labelledby="x-title x-desc" viewBox="0 0 20 10" data-run="1">)"
        R"(<title id="x-title">what &amp; why</title><desc id="x-desc">0.5 to 1</desc>)"
        R"(<path class="axis" d="M0 1L2 3"/><text class="tick" x="1" y="2" text-anchor="end">a&lt;b</text></svg>)");
    const std::string file = svg_file("heading", {}, {drawing, drawing, drawing}, 2, ".a{}");
    EXPECT_NE(file.find(R"(viewBox="0 0 78 80")"), std::string::npos) << file;  // 2 of 20 and 3 rooms; 2 of 10
    EXPECT_NE(file.find(R"svg(<g transform="translate(46 34)">)svg"), std::string::npos) << file;
    EXPECT_NE(file.find(R"svg(<g transform="translate(12 58)">)svg"), std::string::npos) << file;
    EXPECT_NE(file.find("<style>\n.a{}</style>"), std::string::npos);
}

TEST(Series, LinesJoinNeighbours) {
    const SeriesPaths paths = series_paths({0, 5, 10}, {0.1, 1, 10}, hundred());
    EXPECT_EQ(paths.line, "M10 110 60 60 110 10");
    EXPECT_EQ(paths.lost + paths.zeros, "");
}

TEST(Series, WhatIsNotFiniteOrNotPositiveLeavesAGapAndOneMark) {
    const SeriesPaths paths = series_paths({0, 1, 2, 3, 4, 5, 6}, {1, kNaN, kInf, 1, 0, -1, 1}, hundred());
    EXPECT_EQ(paths.line, "M10 60h0M40 60h0M70 60h0");
    EXPECT_EQ(paths.lost, "M17.4 10l5.2 5.2m0 -5.2l-5.2 5.2");
    EXPECT_EQ(paths.zeros, "M47.4 104.8l2.6 5.2 2.6 -5.2");
}

TEST(Series, BeyondTheScaleThereIsAMarkAtTheEdge) {
    const SeriesPaths paths = series_paths({0, 5, 10}, {1e-9, 1, 1e9}, hundred());
    EXPECT_EQ(paths.line, "M60 60h0");
    EXPECT_NE(paths.zeros, "");
    EXPECT_NE(paths.lost, "");
}

TEST(Series, LongCurvesAreThinned) {
    Curve curve;
    for (int i = 0; i < 20000; ++i) {
        curve.x.push_back(i / 2000.0);
        curve.y.push_back(i == 12345 ? 10 : 1);
    }
    curve.classes = "line";
    const Drawing drawing = draw_curves(hundred(), {curve});
    EXPECT_LT(drawing.body.size(), 20000U);
    EXPECT_NE(drawing.body.find(" 71.7 10 "), std::string::npos) << "the peak at 6.17 is not drawn";
}

TEST(Thinning, KeepsExtremesEndsAndLostValues) {
    std::vector<double> values(5000, 1);
    values[1234] = -7;
    values[2345] = 9;
    values[3456] = kNaN;
    const std::vector<std::size_t> picked = extremes(values, 100);
    EXPECT_LE(picked.size(), 110U);
    for (const std::size_t place : {0U, 1234U, 2345U, 3456U, 4999U}) {
        EXPECT_TRUE(std::binary_search(picked.begin(), picked.end(), place)) << place;
    }
    EXPECT_EQ(extremes({3, 2, 1}, 3), (std::vector<std::size_t>{0, 1, 2}));
    EXPECT_EQ(every(4, 10), (std::vector<std::size_t>{0, 4, 8, 9}));
    EXPECT_EQ(stride_for(20000, 1000), 20U);
    EXPECT_EQ(stride_for(0, 1000), 1U);
}

TEST(Thinning, SaysSo) {
    EXPECT_EQ(every_text(20, 20000), "every 20th of 20,000 rows");
    EXPECT_EQ(every_text(3, 999), "every 3rd of 999 rows");
    EXPECT_EQ(every_text(112, 1234567), "every 112th of 1,234,567 rows");
    EXPECT_EQ(every_text(22, 1000), "every 22nd of 1,000 rows");
}

TEST(Ramp, RunsFromDarkToLight) {
    EXPECT_EQ(ramp_colour(0), "#440154");
    EXPECT_EQ(ramp_colour(0.5), "#21918c");
    EXPECT_EQ(ramp_colour(7), "#fde725");
    EXPECT_EQ(layer_class(0, 11), "v0");
    EXPECT_EQ(layer_class(10, 11), "v15");
    EXPECT_EQ(layer_class(0, 1), "v0");
}

TEST(Spread, IsOfTheSample) {
    EXPECT_EQ(spread_text(spread_of({0.1, 0.2, 0.3, kNaN})), "0.2000 ± 0.1000");
    EXPECT_EQ(spread_text(spread_of({0.25})), "0.2500");
    EXPECT_EQ(spread_text(spread_of({})), "–");
}

SweepRow row(std::vector<std::string> values, double error, const std::string& status = "done") {
    return {"run", std::move(values), status, {}, status == "done" ? std::optional(error) : std::nullopt};
}

TEST(SweepSeries, OneCurveForEachValueBesideTheNumericAxis) {
    const SweepSeries series =
        sweep_series({{"model.batch_norm", "train.optimizer.learning_rate", "seed"},
                      {row({"false", "0.1", "1"}, 0, "diverged"), row({"false", "1e-4", "1"}, 0.8),
                       row({"false", "1e-4", "2"}, 0.6), row({"true", "0.1", "1"}, 0.1)},
                      {}});
    EXPECT_EQ(series.axis, "train.optimizer.learning_rate");
    ASSERT_EQ(series.curves.size(), 2U);
    EXPECT_EQ(series.curves[0].label, "batch_norm=false");
    ASSERT_EQ(series.curves[0].cells.size(), 2U);
    EXPECT_EQ(series.curves[0].cells[0].x, 1e-4);
    EXPECT_EQ(series.curves[0].cells[0].test_errors, (std::vector<double>{0.8, 0.6}));
    EXPECT_EQ(series.curves[0].cells[1].troubles, (std::vector<std::string>{"diverged"}));
    EXPECT_EQ(series.curves[1].label, "batch_norm=true");
}

TEST(SweepSeries, KeysThatGoInStepAreOneAxis) {
    const SweepSeries series = sweep_series({{"model.depth", "name"}, {row({"5", "a"}, 1), row({"10", "b"}, 1)}, {}});
    EXPECT_EQ(series.axis, "model.depth");
    EXPECT_EQ(series.curves.size(), 1U);
}

TEST(SweepSeries, AnAxisHasFiniteNumbers) {
    EXPECT_EQ(sweep_series({{"train.l2"}, {{"a", {"nan"}, "done", 1, 1}, {"b", {"1"}, "done", 1, 1}}, {}}).axis, "");
    EXPECT_EQ(sweep_series({{"train.l2"}, {{"a", {"inf"}, "done", 1, 1}, {"b", {"1"}, "done", 1, 1}}, {}}).axis, "");
}

TEST(SweepSeries, WithoutNumbersEachSettingIsARow) {
    const SweepSeries series =
        sweep_series({{"model.batch_norm", "seed"}, {row({"false", "1"}, 1), row({"true", "1"}, 1)}, {}});
    EXPECT_EQ(series.axis, "");
    EXPECT_EQ(series.curves.size(), 2U);
}

}  // namespace
}  // namespace bnrun
