// Sums and extremes in one fixed order: sixteen interleaved partial results, whatever the machine's vector width.
#pragma once

#include <array>

#include "base/types.h"

namespace bnrun {

inline constexpr std::size_t kSumLanes = 16;

/// Sum of term(0) … term(count - 1): lane i takes the terms i, i + 16, …; then halves are added to halves.
template <class T, class Term>
T lane_sum(Index count, Term term) {
    std::array<T, kSumLanes> lanes{};
    Index i = 0;
    for (; i + static_cast<Index>(kSumLanes) <= count; i += static_cast<Index>(kSumLanes)) {
        for (std::size_t lane = 0; lane < kSumLanes; ++lane) lanes[lane] += term(i + static_cast<Index>(lane));
    }
    for (std::size_t lane = 0; i < count; ++i, ++lane) lanes[lane] += term(i);
    for (std::size_t half = kSumLanes / 2; half > 0; half /= 2) {
        for (std::size_t lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
    }
    return lanes[0];
}

}  // namespace bnrun
