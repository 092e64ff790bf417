// A logged table's text, line by line: what it lacks is reported with its line number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

/// The last line stops short of what it should hold and has no line break: the program that wrote it was cut off.
struct CutShort {};

class Lines {
  public:
    /// @param text, path must outlive this.
    Lines(std::string_view text, const std::string& path) : rest_(text), path_(path) {}

    bool next();  ///< false at the end
    [[nodiscard]] std::string_view line() const { return line_; }
    [[nodiscard]] std::size_t number() const { return number_; }

    [[noreturn]] void fail(const std::string& what) const;             ///< throws DataError
    [[noreturn]] void fail_unless_cut(const std::string& what) const;  ///< throws CutShort where that may be the reason

  private:
    std::string_view rest_;
    std::string_view line_;
    const std::string& path_;
    std::size_t number_ = 0;
    bool is_whole_ = true;
};

/// The text in quotes, fit for a message: cut where it is long, control characters replaced.
std::string shown(std::string_view text);

/// Takes the text up to the separator, and the separator.
std::string_view take_field(std::string_view& text, char separator);

/// A whole number from 1. Throws DataError or CutShort.
std::int64_t count_from(std::string_view field, const char* name, const Lines& lines);

/// The numbers, NaN and infinities of any case among them. Throws DataError or CutShort.
/// @param count how many there must be; 0: any number of them.
std::vector<double> values_from(std::string_view text, char separator, std::size_t count, const Lines& lines);

}  // namespace bnrun
