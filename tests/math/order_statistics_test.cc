#include "math/order_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "math/random.h"

namespace bnrun {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <class T>
void expect_those_of_a_sort(const std::vector<T>& values, const std::vector<Index>& ranks) {
    std::vector<T> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    OrderStatistics<T> order;
    const std::vector<T> found = order.of(values.data(), static_cast<Index>(values.size()), ranks);
    ASSERT_EQ(found.size(), ranks.size());
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        EXPECT_EQ(found[i], sorted[static_cast<std::size_t>(ranks[i])]) << "rank " << ranks[i];
    }
}

std::vector<Index> every_rank(std::size_t count) {
    std::vector<Index> ranks(count);
    std::iota(ranks.begin(), ranks.end(), 0);
    return ranks;
}

template <class T>
std::vector<T> drawn(std::size_t count) {
    Random random(4, Stream::kCheck);
    std::vector<T> values(count);
    for (T& value : values) value = static_cast<T>(random.normal());
    return values;
}

TEST(OrderStatistics, AreThoseOfASort) {
    expect_those_of_a_sort<float>(drawn<float>(1000), every_rank(1000));
    expect_those_of_a_sort<double>(drawn<double>(40003), {0, 1, 39, 400, 400, 20001, 39999, 40001, 40002});
    expect_those_of_a_sort<double>({3}, {0, 0});
    expect_those_of_a_sort<double>(drawn<double>(9), {0, 1, 0, 1, 8, 7, 8, 3});
}

TEST(OrderStatistics, HoldWhereManyValuesAreEqualOrFarApart) {
    std::vector<float> values = drawn<float>(999);
    for (std::size_t i = 0; i < values.size(); i += 2) values[i] = 0;
    expect_those_of_a_sort(values, every_rank(999));
    values[0] = 1e30F;  // all others are in one bin
    expect_those_of_a_sort(values, every_rank(999));
    values[1] = -3e38F;  // the range is beyond float32
    values[2] = 3e38F;
    expect_those_of_a_sort(values, every_rank(999));
    expect_those_of_a_sort<double>({-kInfinity, 1, kInfinity, 2}, every_rank(4));
    expect_those_of_a_sort<double>({5, 5, 5}, every_rank(3));
    expect_those_of_a_sort<double>({0, 5e-324, 1e-323}, every_rank(3));
}

TEST(OrderStatistics, AreNotANumberWhereAValueIsNone) {
    const std::vector<double> values{1, kNaN, 2};
    OrderStatistics<double> order;
    for (const double value : order.of(values.data(), 3, {0, 2})) EXPECT_TRUE(std::isnan(value));
}

TEST(OrderStatistics, QuantilesLieBetweenTwoRanksAsInNumpy) {
    const QuantilePlace place(5, 0.85);  // numpy.quantile([0, 10, 20, 30, 40], 0.85) is 34
    EXPECT_EQ(place.below, 3);
    EXPECT_EQ(place.above, 4);
    EXPECT_NEAR(place.between(30, 40), 34, 1e-13);
    const QuantilePlace single(1, 0.999);
    EXPECT_EQ(single.below, 0);
    EXPECT_EQ(single.above, 0);
    const QuantilePlace last(3, 1);
    EXPECT_EQ(last.below, 2);
    EXPECT_EQ(last.above, 2);
}

}  // namespace
}  // namespace bnrun
