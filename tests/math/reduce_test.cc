#include "math/reduce.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "support/matrices.h"

namespace bnrun {
namespace {

/// As the header says it, and as logged numbers depend on it: lane i takes the terms i, i + 16, …; then halves are
/// added to halves.
float by_the_book(const std::vector<float>& terms) {
    std::vector<float> lanes(16, 0);
    for (std::size_t i = 0; i < terms.size(); ++i) lanes[i % 16] += terms[i];
    for (std::size_t half = 8; half > 0; half /= 2) {
        for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    }
    return lanes[0];
}

TEST(LaneSum, AddsEveryTermOnce) {
    for (Index count = 0; count <= 50; ++count) {
        EXPECT_EQ(lane_sum<std::int64_t>(count, [](Index i) { return i + 1; }), count * (count + 1) / 2) << count;
    }
}

TEST(LaneSum, AddsInOneOrderWhateverTheCount) {
    const Matrix<double> values = normal_matrix(1, 200, 0, 1e3);
    std::vector<float> terms;
    for (Index count = 1; count <= 200; ++count) {
        terms.push_back(static_cast<float>(values(count - 1)));
        EXPECT_EQ(lane_sum<float>(count, [&](Index i) { return terms[static_cast<std::size_t>(i)]; }),
                  by_the_book(terms))
            << count;
    }
}

TEST(Range, IsThatOfEveryValueAndNotANumberWhereOneIsNone) {
    Matrix<double> values = normal_matrix(1, 45, 0, 1);
    for (const Index count : {1, 15, 16, 17, 45}) {
        const Range<double> range = range_of(values.data(), count);
        EXPECT_EQ(range.min, values.leftCols(count).minCoeff()) << count;
        EXPECT_EQ(range.max, values.leftCols(count).maxCoeff()) << count;
    }
    for (const Index at : {0, 20, 44}) {
        Matrix<double> bad = values;
        bad(at) = std::nan("");
        Range<double> range = range_of(values.data(), 45);
        range.include(range_of(bad.data(), 45));
        EXPECT_TRUE(std::isnan(range.min) && std::isnan(range.max)) << at;
    }
    Range<double> none;
    none.include({1, 2});
    EXPECT_EQ(none.min, 1);
    EXPECT_EQ(none.max, 2);
}

}  // namespace
}  // namespace bnrun
