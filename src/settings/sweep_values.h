// The values along one axis of a sweep, from the short form that a command line or spec gives them in.
#pragma once

#include <string>
#include <vector>

namespace bnrun {

inline constexpr std::size_t kMostPoints = 100000;

/// Items between commas, except within brackets, braces and quotes. An item is JSON, a range or else a string; a range
/// is `from:to` (whole numbers), `from:to:step` (exact in decimal, and with `to` where a step meets it) or
/// `log:low:high:count` (evenly spaced in log10, the ends as given). Values between the latter's ends have 12
/// significant digits, so that 1e-4 is 1e-4.
/// @return each value as JSON text. @param where begins messages. Throws ConfigError: no value, a bad range, too many.
std::vector<std::string> sweep_values(const std::string& text, const std::string& where);

}  // namespace bnrun
