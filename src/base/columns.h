// Text in the columns of a terminal: a UTF-8 character takes one, however many bytes it has.
#pragma once

#include <cstddef>
#include <string>

namespace bnrun {

std::size_t columns_of(const std::string& text);

/// The text's beginning, of at most so many columns. No character is cut in two.
std::string first_columns(const std::string& text, std::size_t columns);

}  // namespace bnrun
