// What a page says of the points of a curve: those that its line goes through, in their order.
#include "chart/lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "chart/thinning.h"
#include "support/drawn.h"

namespace bnrun {
namespace {

Frame from_0_to_10() {
    return framed({100, 100}, {0, 0, 0, 0}, {ScaleKind::kLinear, 0, 10, 0, 1}, {ScaleKind::kLinear, 0, 1, 0, 1});
}

PointTexts texts_of_curve(const std::vector<double>& x, const std::vector<double>& y) {
    Curve curve;
    curve.x = x;
    curve.y = y;
    curve.part = "layer 3";
    return draw_curves(from_0_to_10(), {curve}).points.front();
}

TEST(PointTexts, HaveEachValueAndEvenPlacesInShort) {
    const PointTexts texts = texts_of_curve({1, 4, 7}, {0.25, 0.123456, 1});
    EXPECT_EQ(texts.part, "layer 3");
    EXPECT_EQ(texts.along, "1+3");
    EXPECT_EQ(texts.values, "0.25 0.123 1");
}

TEST(PointTexts, NameUnevenPlacesOneByOne) { EXPECT_EQ(texts_of_curve({1, 2, 4}, {0, 0, 0}).along, "1 2 4"); }

TEST(PointTexts, OfOnePointHaveItsPlace) { EXPECT_EQ(texts_of_curve({7}, {0}).along, "7"); }

TEST(PointTexts, LeaveOutWhatTheLineDoes) {
    const PointTexts texts = texts_of_curve({1, 2, 3, 4}, {0.5, std::numeric_limits<double>::infinity(), 7, 0.75});
    EXPECT_EQ(texts.along, "1+3");
    EXPECT_EQ(texts.values, "0.5 0.75");
}

TEST(PointTexts, OfALongCurveAreThoseOfThePointsDrawn) {
    Curve curve;
    for (int i = 0; i < 20000; ++i) {
        curve.x.push_back(i / 2000.0);
        curve.y.push_back(i == 12345 ? 1 : i % 7 / 14.0);
    }
    curve.classes = "line";
    const Drawing drawing = draw_curves(from_0_to_10(), {curve});
    EXPECT_NE(drawing.body.find(" 61.7 0 "), std::string::npos) << "the peak is not drawn";
    const auto spaces = [](const std::string& text) { return std::count(text.begin(), text.end(), ' '); };
    EXPECT_EQ(spaces(drawing.points.front().values), spaces(drawing.points.front().along));
    EXPECT_EQ(2 * spaces(drawing.points.front().values) + 1, spaces(drawn(drawing.body, "line")));
    EXPECT_LT(spaces(drawing.points.front().values), 1100);
}

TEST(Curves, EndLabelsKeepApartAndTheOuterOnesStay) {
    std::vector<Curve> curves(3);
    for (std::size_t i = 0; i < 3; ++i) {
        curves[i].x = {0, 10};
        curves[i].y = {0.5, 0.5 + 0.02 * static_cast<double>(i)};
        curves[i].end_label = std::string(1, static_cast<char>('a' + i));
    }
    curves[2].y[1] = 0.9;
    const std::string svg = draw_curves(from_0_to_10(), curves).body;
    EXPECT_NE(svg.find(">a</text>"), std::string::npos);
    EXPECT_EQ(svg.find(">b</text>"), std::string::npos) << "on top of the first";
    EXPECT_NE(svg.find(">c</text>"), std::string::npos);
}

TEST(Curves, ABandGoesAlongItsUpperEdgeAndBackAlongItsLowerOne) {
    Curve curve;
    curve.x = {0, 5, 10};
    curve.y = {0.5, 0.5, 0.5};
    curve.low = {0.25, 0.25, -1};
    curve.high = {0.75, 1, 2};
    curve.band = "spread f2";
    const std::string svg = draw_curves(from_0_to_10(), {curve}).body;
    EXPECT_EQ(drawn(svg, "spread f2"), "M0 25 50 0 100 0 100 100 50 75 0 75z\n") << "kept within the frame";
}

TEST(Curves, ABandHasAGapWhereAnEdgeHasNoPlace) {
    Curve curve;
    curve.x = {0, 5, 10};
    curve.y = {0.5, 0.5, 0.5};
    curve.low = {0.25, std::numeric_limits<double>::quiet_NaN(), 0.25};
    curve.high = {0.75, 1, 0.75};
    curve.band = "spread f2";
    EXPECT_EQ(drawn(draw_curves(from_0_to_10(), {curve}).body, "spread f2"), "M0 25 0 75zM100 25 100 75z\n");
}

TEST(Curves, WhatEndedEarlyHasACrossThatSaysWhat) {
    Curve curve;
    curve.x = {0};
    curve.y = {0.5};
    curve.lost = {{5, "seed 3 diverged"}};
    const std::string svg = draw_curves(from_0_to_10(), {curve}).body;
    EXPECT_EQ(drawn(svg, "lost"), lost_mark({50, kMarkRadius}) + "\n");
    EXPECT_NE(svg.find("<title>seed 3 diverged</title>"), std::string::npos);
}

TEST(PointsFor, AreFewerWhereManyCurvesShareAPicture) {
    EXPECT_EQ(points_for(1), kMostPointsDrawn);
    EXPECT_EQ(points_for(32), 500U);
    EXPECT_EQ(points_for(100000), 60U);
}

}  // namespace
}  // namespace bnrun
