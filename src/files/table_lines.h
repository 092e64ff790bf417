// A logged table's text, line by line: what it lacks is reported with its line number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/printable.h"

namespace bnrun {

/// What to say of a last row that is left out, as it is not all there. @param line it starts in.
std::string unfinished_row(const std::string& path, std::size_t line);

/// Lines end in a line break, with or without a carriage return. What stands behind the last one is none: whoever wrote
/// it was cut off, and a number that has lost its last digits looks like any other.
class Lines {
  public:
    /// @param text, path must outlive this. The text may begin with a byte order mark.
    Lines(std::string_view text, const std::string& path) : rest_(without_mark(text)), path_(path) {}

    bool next();                                                      ///< false at the end
    [[nodiscard]] bool is_cut_off() const { return !rest_.empty(); }  ///< at the end: something stands behind it
    [[nodiscard]] std::string_view line() const { return line_; }
    [[nodiscard]] std::size_t number() const { return number_; }

    [[noreturn]] void fail(const std::string& what) const;  ///< throws DataError

  private:
    std::string_view rest_;
    std::string_view line_;
    const std::string& path_;
    std::size_t number_ = 0;
};

/// The text in quotes, fit for a message: cut where it is long, control characters replaced.
std::string shown(std::string_view text);

/// Takes the text up to the separator, and the separator.
std::string_view take_field(std::string_view& text, char separator);

/// What a table counts, epochs, iterations and steps through all epochs, is no more: a double still holds it exactly.
inline constexpr std::int64_t kMostSteps = std::int64_t{1} << 53;

/// A whole number from 1 to kMostSteps. Throws DataError.
std::int64_t count_from(std::string_view field, const char* name, const Lines& lines);

/// The numbers, NaN and infinities of any case among them. Throws DataError.
/// @param count how many there must be; 0: any number of them.
std::vector<double> values_from(std::string_view text, char separator, std::size_t count, const Lines& lines);

}  // namespace bnrun
