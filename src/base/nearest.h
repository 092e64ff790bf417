// Suggests the valid name that a mistyped one most resembles.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

/// Fewest insertions, deletions and substitutions that turn one text into the other (Levenshtein 1966), or `limit`
/// where they are no fewer: texts far apart are found to be so early.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit = std::string_view::npos);

inline constexpr std::size_t kLongestName = 64;  ///< what follows is not worth the time that a distance takes

/// The candidate at the smallest edit distance (the first of equals) from the name's first kLongestName bytes; empty
/// where there is no candidate.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace bnrun
