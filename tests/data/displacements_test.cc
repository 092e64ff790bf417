#include "data/displacements.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bnrun {
namespace {

constexpr Index kSide = 29;

/// Sums over many samples' displacements of a pixel in x and of another pixel in x or y.
class Correlation {
  public:
    explicit Correlation(const ElasticConfig& config) {
        const Displacements displacements(config, kSide, kSide, 3);
        for (std::uint32_t sample = 0; sample < kSamples; ++sample) {
            const float* const field = displacements.draw(2, sample);
            std::vector<double> one;
            for (Index y = 0; y < kSide; ++y) {
                for (Index x = 0; x < 2 * kSide; ++x) one.push_back(field[y * displacements.row_step() + x]);
            }
            fields_.push_back(one);
        }
    }

    /// @param y, x a pixel; an x of kSide and more is its displacement in y
    [[nodiscard]] double of(Index y, Index x, Index other_y, Index other_x) const {
        double sum = 0;
        for (const auto& field : fields_) sum += at(field, y, x) * at(field, other_y, other_x);
        return sum / kSamples;
    }
    [[nodiscard]] double deviation(Index y, Index x) const { return std::sqrt(of(y, x, y, x)); }
    [[nodiscard]] double mean(Index y, Index x) const {
        double sum = 0;
        for (const auto& field : fields_) sum += at(field, y, x);
        return sum / kSamples;
    }
    [[nodiscard]] double largest() const {
        double largest = 0;
        for (const auto& field : fields_) {
            for (const double value : field) largest = std::max(largest, std::abs(value));
        }
        return largest;
    }

  private:
    static constexpr int kSamples = 3000;
    static double at(const std::vector<double>& field, Index y, Index x) {
        return field[static_cast<std::size_t>(y * 2 * kSide + x)];
    }

    std::vector<std::vector<double>> fields_;
};

/// Sum of the squared shares of the Gaussian's weights that fall on pixels, from so many pixels before to so many
/// after.
double squared_shares(double sigma, Index before, Index after) {
    const auto radius = static_cast<Index>(std::ceil(4 * sigma));
    double all = 0;
    double squares = 0;
    for (Index d = -radius; d <= radius; ++d) {
        const double weight = std::exp(-static_cast<double>(d * d) / (2 * sigma * sigma));
        all += weight;
        if (d >= -before && d <= after) squares += weight * weight;
    }
    return squares / (all * all);
}

TEST(Displacements, OfSimardAreThoseOfTheirPaper) {
    const Correlation found({4, 34});
    const double even = 34 / std::numbers::sqrt3;
    const double middle = even * squared_shares(4, 14, 14);
    EXPECT_NEAR(middle, 1.38, 0.01);  // alpha / sqrt(3) / (2 sigma sqrt(pi))
    for (const Index axis : {Index{0}, kSide}) {
        EXPECT_NEAR(found.mean(14, axis + 14), 0, 0.1);
        EXPECT_NEAR(found.deviation(14, axis + 14), middle, 0.06);
        EXPECT_NEAR(found.deviation(0, axis), even * squared_shares(4, 0, 28), 0.04);  // a corner
        EXPECT_NEAR(found.deviation(28, axis + 14),
                    even * std::sqrt(squared_shares(4, 28, 0) * squared_shares(4, 14, 14)), 0.06);
    }
}

/// Over d pixels, exp(-d^2 / (4 sigma^2)).
TEST(Displacements, AreSmoothAlongBothAxesAndIndependentInXAndY) {
    const Correlation found({2, 10});
    const double square = found.of(14, 14, 14, 14);
    for (const Index d : {1, 2, 4}) {
        const double expected = std::exp(-static_cast<double>(d * d) / 16);
        EXPECT_NEAR(found.of(14, 14, 14, 14 + d) / square, expected, 0.05) << d;
        EXPECT_NEAR(found.of(14, 14, 14 + d, 14) / square, expected, 0.05) << d;
        EXPECT_NEAR(found.of(14, kSide + 14, 14 + d, kSide + 14) / found.of(14, kSide + 14, 14, kSide + 14), expected,
                    0.05)
            << d;
    }
    EXPECT_NEAR(found.of(14, 14, 14, kSide + 14) / square, 0, 0.07);
    EXPECT_NEAR(found.of(14, 14, 14, 28) / square, 0, 0.07);
}

/// Even numbers themselves: as a Gaussian of no width leaves them.
TEST(Displacements, BeforeTheyAreSmoothedAreEven) {
    const Correlation found({1e-3, 3});
    EXPECT_NEAR(found.deviation(0, 0), std::numbers::sqrt3, 0.04);
    EXPECT_NEAR(found.deviation(28, 2 * kSide - 1), std::numbers::sqrt3, 0.04);
    EXPECT_NEAR(found.largest(), 3, 1e-3);
    EXPECT_LT(found.largest(), 3);
    EXPECT_NEAR(found.of(5, 5, 5, 6), 0, 0.15);
}

TEST(Displacements, WithoutAnAlphaAreZero) {
    const Displacements displacements({4, 0}, 5, 40, 1);
    const float* const field = displacements.draw(1, 1);
    EXPECT_GE(displacements.row_step(), 80);
    EXPECT_TRUE(std::all_of(field, field + 5 * displacements.row_step(), [](float value) { return value == 0; }));
}

}  // namespace
}  // namespace bnrun
