// Draws long series with fewer points, and says so.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bnrun {

inline constexpr std::size_t kMostPointsDrawn = 1000;

/// Positions of a series to draw, in order, at most about `most`: in each of equal stretches its smallest and its
/// largest value and the first one that is not finite, and both ends of the series. All of them where they are no more
/// than `most`.
std::vector<std::size_t> extremes(const std::vector<double>& values, std::size_t most);

/// Every how many rows to take so that there are no more than `most`; at least 1.
std::size_t stride_for(std::size_t rows, std::size_t most);

/// 0, stride, 2 stride…, and the last row.
std::vector<std::size_t> every(std::size_t stride, std::size_t rows);

/// `every 20th of 20,000 rows`
std::string every_text(std::size_t stride, std::size_t rows);

/// `20,000`
std::string count_text(std::size_t count);

}  // namespace bnrun
