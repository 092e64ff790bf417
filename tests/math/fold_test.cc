#include "math/fold.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "support/matrices.h"

namespace bnrun {
namespace {

/// Lane 0 of halves added to halves, written out.
template <class T>
T folded(const std::array<T, 16>& a) {
    const auto two = [&](std::size_t i) { return a.at(i) + a.at(i + 8); };
    const auto four = [&](std::size_t i) { return two(i) + two(i + 4); };
    const auto eight = [&](std::size_t i) { return four(i) + four(i + 2); };
    return eight(0) + eight(1);
}

template <class T>
class Fold : public testing::Test {};
TYPED_TEST_SUITE(Fold, Scalars);

TYPED_TEST(Fold, ARowAddsHalvesToHalves) {
    using T = TypeParam;
    for (std::uint32_t number = 0; number < 20; ++number) {
        const Matrix<T> values = normal_matrix(1, 16, 0, 1e3, number).cast<T>();
        std::array<T, 16> lanes{};
        std::copy_n(values.data(), 16, lanes.begin());
        const T expected = folded(lanes);
        EXPECT_EQ(fold_row(lanes.data()), expected);
    }
}

/// Lanes of rows, as parts of them are asked for.
template <class T>
auto parts_of(const Matrix<T>& lanes) {
    return [&lanes](Index row, Index part) {
        return Part<T>::load(lanes.data() + row * kFoldLanes + part * kPartLanes<T>);
    };
}

TYPED_TEST(Fold, EightRowsAreTheSameBitsAsEachAlone) {
    using T = TypeParam;
    for (std::uint32_t number = 0; number < 50; ++number) {
        const Matrix<T> lanes = normal_matrix(kFoldRows, kFoldLanes, 0, 1e3, number).cast<T>();
        Matrix<T> sums(kFoldRows, 1);
        fold_rows(parts_of(lanes), sums.data());
        Matrix<T> expected(kFoldRows, 1);
        for (Index row = 0; row < kFoldRows; ++row) {
            Matrix<T> alone = lanes.row(row);
            expected(row) = fold_row(alone.data());
        }
        EXPECT_TRUE(same_bits(sums, expected)) << number;
    }
}

/// A value a lane, each a power of two times its row's number, so that one counted twice or in another row shows.
TYPED_TEST(Fold, EightRowsCountEveryLaneOnce) {
    using T = TypeParam;
    Matrix<T> lanes(kFoldRows, kFoldLanes);
    for (Index row = 0; row < kFoldRows; ++row) {
        for (Index i = 0; i < kFoldLanes; ++i) lanes(row, i) = static_cast<T>((row + 1) << i);
    }
    Matrix<T> sums(kFoldRows, 1);
    fold_rows(parts_of(lanes), sums.data());
    for (Index row = 0; row < kFoldRows; ++row) EXPECT_EQ(sums(row), static_cast<T>((row + 1) * 65535));
}

/// What is of no sample in a row is NaN, which a sum that counts it becomes, too.
TYPED_TEST(Fold, SumsOfRowsAreThoseOfTheirFoldedTermsWhateverTheNumbers) {
    using T = TypeParam;
    for (Index rows = 1; rows <= 25; ++rows) {
        for (Index count = 1; count <= 16; ++count) {
            const Matrix<T> terms = normal_matrix(rows, count, 0, 1e3).cast<T>();
            const Panels<T> panels = poisoned_panels(terms);
            const Index width = panels.width(0);
            const auto term = [&](Index row, Index i) { return Part<T>::load(panels.panel(0) + row * width + i); };
            Matrix<T> sums = Matrix<T>::Constant(rows + 1, 1, T(77));
            sum_rows(PanelRows{rows, width, count}, term, sums.data());
            for (Index row = 0; row < rows; ++row) {
                std::array<T, 16> lanes{};
                std::copy_n(terms.data() + row * count, count, lanes.begin());
                EXPECT_EQ(sums(row), folded(lanes)) << rows << " " << count;
            }
            EXPECT_EQ(sums(rows), T(77)) << "beyond the last of " << rows;
        }
    }
}

}  // namespace
}  // namespace bnrun
