// Names the points of a sweep by what varies, fit for a directory and the same at every start.
#pragma once

#include <string>
#include <vector>

namespace bnrun {

inline constexpr std::size_t kLongestPointName = 150;

/// Each dotted key's last part, or as many parts as tell it from the others.
std::vector<std::string> short_keys(const std::vector<std::string>& keys);

/// A value as one reads it: text without quotes, lists joined by `-`, a fraction in the shorter of `0.05` and `1e-4`.
std::string value_text(const std::string& json);

/// `learning_rate=1e-4,seed=2`. What is unsafe in a file name becomes `_`; a longer name is cut and ends in a hash.
/// @param labels as many as values
std::string point_name(const std::vector<std::string>& labels, const std::vector<std::string>& values);

}  // namespace bnrun
