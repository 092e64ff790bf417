#include "chart/scale.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

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
    EXPECT_EQ(labels({ScaleKind::kLinear, 0, 35, 0, 1}, 5), (Texts{"0", "10", "20", "30"}));
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

}  // namespace
}  // namespace bnrun
