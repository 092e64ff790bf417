#include "math/moments.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/matrices.h"

namespace bnrun {
namespace {

/// Of all columns, by way of the panels.
template <class T>
Moments<T> moments_of(const Matrix<T>& matrix) {
    const Panels<T> x = Panels<T>(matrix);
    std::vector<Moments<T>> panels(static_cast<std::size_t>(x.panels()));
    for (Index p = 0; p < x.panels(); ++p) {
        panels[static_cast<std::size_t>(p)].resize(x.rows());
        measure_channels(x, p, 1, panels[static_cast<std::size_t>(p)]);
    }
    Moments<T> whole;
    merge_moments(panels, x.columns(), 1, whole);
    return whole;
}

template <class T>
double mean_of(const Moments<T>& moments, Index row) {
    return static_cast<double>(moments.pivot[row]) + static_cast<double>(moments.offset[row]);
}

TEST(Moments, WorkedByHandInTwoPanelsOfDifferentMeans) {
    Matrix<double> x(1, 18);
    x.setConstant(3);
    x(0, 0) = 5;
    x(0, 16) = 12;
    x(0, 17) = 12;  // the sum is 5 + 15 * 3 + 2 * 12 = 74
    const Moments<double> moments = moments_of(x);
    const double mean = 74.0 / 18;
    EXPECT_EQ(moments.pivot[0], 5);
    EXPECT_NEAR(mean_of(moments, 0), mean, 1e-14);
    // Sum of squares 25 + 15 * 9 + 2 * 144 = 448.
    EXPECT_NEAR(moments.squares[0], 448 - 18 * mean * mean, 1e-12);
}

TEST(Moments, AreThoseOfAllColumnsHoweverManyPanelsTheyMake) {
    for (const Index columns : {1, 7, 8, 9, 16, 17, 24, 60, 200}) {
        Matrix<double> x = normal_matrix(11, columns, 3, 2);
        for (Index j = 0; j < columns; ++j) x.col(j).array() += static_cast<double>(j);  // panels differ in their means
        const Moments<double> moments = moments_of(x);
        for (Index row = 0; row < x.rows(); ++row) {
            const double mean = x.row(row).mean();
            const double squares = (x.row(row).array() - mean).square().sum();
            EXPECT_NEAR(mean_of(moments, row), mean, 1e-13 * std::abs(mean)) << columns;
            EXPECT_NEAR(moments.squares[row], squares, 1e-12 * squares) << columns;
        }
    }
}

TEST(Moments, OfASpreadThatIsSmallBesideTheMeanAreRightToTheSpreadsRounding) {
    const float step = std::nextafter(1e6F, 2e6F) - 1e6F;
    Matrix<float> x(1, 200);
    for (Index j = 0; j < 200; ++j) x(0, j) = 1e6F + static_cast<float>(j / 50) * step;  // 0, 1, 2, 3 steps
    const Moments<float> moments = moments_of(x);
    EXPECT_NEAR(static_cast<double>(moments.offset[0] / step), 1.5, 1e-6);
    EXPECT_NEAR(static_cast<double>(moments.squares[0] / (step * step)), 200 * 1.25, 1e-3);
}

TEST(Moments, OfAConstantAreTheConstantAndZero) {
    for (const float value : {33.3F, -1e-40F, 1e30F}) {
        const Moments<float> moments = moments_of<float>(Matrix<float>::Constant(3, 203, value));
        for (Index row = 0; row < 3; ++row) {
            EXPECT_EQ(moments.pivot[row], value);
            EXPECT_EQ(moments.offset[row], 0.0F);
            EXPECT_EQ(moments.squares[row], 0.0F);
        }
    }
}

}  // namespace
}  // namespace bnrun
