// Chosen order statistics of many values, exactly and without sorting them.
#pragma once

#include <cstdint>
#include <vector>

#include "math/matrix.h"

namespace bnrun {

/// Finds them in three passes: counts by equal bins between smallest and largest value, then the bins that hold a rank
/// are collected, and each is searched alone. Keeps its memory from call to call.
template <class T>
class OrderStatistics {
  public:
    /// @param ranks from 0 to count - 1, in any order
    /// @return the values that would stand there if all were sorted; all NaN where one is
    std::vector<T> of(const T* values, Index count, const std::vector<Index>& ranks);

  private:
    /// @param rising the ranks in order
    void find(const T* values, Index count, const std::vector<Index>& rising);
    void count_bins(const T* values, Index count, T low, T scale);
    void collect(const T* values, Index count, const std::vector<Index>& ranks);
    void search(const std::vector<Index>& ranks);

    std::vector<std::uint16_t> bins_;     ///< of each value
    std::vector<std::uint32_t> counts_;   ///< of each bin
    std::vector<std::int8_t> is_wanted_;  ///< of each bin
    std::vector<T> collected_;
    std::vector<std::uint16_t> collected_bins_;
    std::vector<T> part_;  ///< those of one bin
    std::vector<T> found_;
};

/// The quantile of n sorted values: linear between the neighbours of (n - 1) q, as numpy has it by default.
struct QuantilePlace {
    Index below = 0;
    Index above = 0;
    double share = 0;  ///< of the one above

    QuantilePlace(Index count, double q);

    [[nodiscard]] double between(double low, double high) const { return low + (high - low) * share; }
};

}  // namespace bnrun
