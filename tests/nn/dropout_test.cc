#include "nn/dropout.h"

#include <gtest/gtest.h>

#include <set>

#include "support/matrices.h"

namespace bnrun {
namespace {

TEST(Dropout, MaskKeepsTheRightShareScaledAndDoesNotDependOnTheSplit) {
    Matrix<double> whole(40, 203);
    Matrix<double> parts(40, 203);
    const DropoutPlace place{1, 2, 3};
    draw_dropout_mask(place, 0.3, whole, {0, 40});
    draw_dropout_mask(place, 0.3, parts, {17, 40});
    draw_dropout_mask(place, 0.3, parts, {0, 17});
    EXPECT_EQ(whole, parts);
    EXPECT_NEAR((whole.array() > 0).cast<double>().mean(), 0.7, 0.02);
    EXPECT_DOUBLE_EQ(whole.maxCoeff(), 1 / 0.7);
    draw_dropout_mask({1, 3, 3}, 0.3, parts, {0, 40});
    EXPECT_NE(whole, parts);
}

Matrix<double> mask_at(const DropoutPlace& place, double fraction = 0.5, Index batch = 64) {
    Matrix<double> mask(4, batch);
    draw_dropout_mask(place, fraction, mask, {0, 4});
    return mask;
}

TEST(Dropout, MaskIsAnotherOneForEachSeedStepLayerAndUnit) {
    constexpr std::uint64_t kHigh = std::uint64_t{1} << 32;
    std::set<std::vector<double>> seen;
    const std::vector<DropoutPlace> places{{1, 1, 0}, {2, 1, 0},         {1 + kHigh, 1, 0},
                                           {1, 2, 0}, {1, 1 + kHigh, 0}, {1, 1, 1}};
    for (const DropoutPlace& place : places) {
        const Matrix<double> mask = mask_at(place);
        for (Index unit = 0; unit < 4; ++unit) {
            const double* const row = mask.data() + unit * mask.cols();
            EXPECT_TRUE(seen.insert({row, row + mask.cols()}).second) << place.seed << " " << place.step << " " << unit;
        }
    }
    EXPECT_EQ(mask_at(places.front()), mask_at(places.front()));
}

TEST(Dropout, MaskOfASampleDoesNotDependOnHowManyComeAfterIt) {
    EXPECT_EQ(mask_at({1, 2, 3}, 0.3, 7), mask_at({1, 2, 3}, 0.3).leftCols(7));
}

TEST(Dropout, MoreIsDroppedWhereTheFractionIsLarger) {
    const Matrix<double> few = mask_at({1, 2, 3}, 0.1, 5000);
    EXPECT_NEAR((few.array() == 0).cast<double>().mean(), 0.1, 0.01);
    EXPECT_DOUBLE_EQ(few.maxCoeff(), 1 / 0.9);
    const Matrix<double> many = mask_at({1, 2, 3}, 0.9, 5000);
    EXPECT_NEAR((many.array() == 0).cast<double>().mean(), 0.9, 0.01);
    EXPECT_DOUBLE_EQ(many.maxCoeff(), 1 / (1 - 0.9));
}

}  // namespace
}  // namespace bnrun
