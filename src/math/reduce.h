// Sums and extremes in one fixed order: sixteen interleaved partial results, whatever the machine's vector width.
#pragma once

#include <algorithm>
#include <array>
#include <limits>

#include "math/fold.h"
#include "math/matrix.h"

namespace bnrun {

inline constexpr auto kSumLanes = static_cast<std::size_t>(kFoldLanes);

/// Sum of term(0) … term(count - 1): lane i takes the terms i, i + 16, …; then halves are added to halves.
template <class T, class Term>
T lane_sum(Index count, Term term) {
    std::array<T, kSumLanes> lanes{};
    Index i = 0;
    for (; i + static_cast<Index>(kSumLanes) <= count; i += static_cast<Index>(kSumLanes)) {
        for (std::size_t lane = 0; lane < kSumLanes; ++lane) lanes[lane] += term(i + static_cast<Index>(lane));
    }
    for (std::size_t lane = 0; i < count; ++i, ++lane) lanes[lane] += term(i);
    return fold_row(lanes.data());
}

/// Of no values: infinity and -infinity. Both are NaN where a value is.
template <class T>
struct Range {
    T min = std::numeric_limits<T>::infinity();
    T max = -std::numeric_limits<T>::infinity();

    void include(const Range& other) {
        const bool nan = !(min == min) || !(other.min == other.min);
        min = nan ? std::numeric_limits<T>::quiet_NaN() : std::min(min, other.min);
        max = nan ? std::numeric_limits<T>::quiet_NaN() : std::max(max, other.max);
    }
};

template <class T>
Range<T> range_of(const T* values, Index count) {
    std::array<T, kSumLanes> low;
    std::array<T, kSumLanes> high;
    std::array<T, kSumLanes> nan{};  // stays 0 unless a value is not a number
    low.fill(Range<T>{}.min);
    high.fill(Range<T>{}.max);
    const auto take = [&](std::size_t lane, T value) {
        low[lane] = value < low[lane] ? value : low[lane];
        high[lane] = value > high[lane] ? value : high[lane];
        nan[lane] = value == value ? nan[lane] : value;
    };
    Index i = 0;
    for (; i + static_cast<Index>(kSumLanes) <= count; i += static_cast<Index>(kSumLanes)) {
        for (std::size_t lane = 0; lane < kSumLanes; ++lane) take(lane, values[i + static_cast<Index>(lane)]);
    }
    for (std::size_t lane = 0; i < count; ++i, ++lane) take(lane, values[i]);
    Range<T> range;
    for (std::size_t lane = 0; lane < kSumLanes; ++lane) {
        range.include(nan[lane] == T(0) ? Range<T>{low[lane], high[lane]} : Range<T>{nan[lane], nan[lane]});
    }
    return range;
}

}  // namespace bnrun
