// Text of files, arguments and paths, as a terminal, a log or a page can show it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bnrun {

/// Fit for one line, whatever the text holds. UTF-8 stays as it is, but for what breaks the line, steers a terminal,
/// turns the direction of the text or is no character of XML: that is written as JSON would, `\u001b`. A byte that is
/// no UTF-8 becomes `\xe9`. Text that is printable already stays the same.
std::string printable(std::string_view text);

/// The same of several lines: their line breaks and tabs stay.
std::string printable_lines(std::string_view text);

inline constexpr std::size_t kMostOfGiven = 200;  ///< bytes of what the user wrote that a message repeats

/// The text; of one longer than so many bytes, the whole characters among them and `…`.
std::string first_characters(std::string_view text, std::size_t most);

bool is_utf8(std::string_view text);

/// The text without the byte order mark (UTF-8) that it may begin with.
std::string_view without_mark(std::string_view text);

}  // namespace bnrun
