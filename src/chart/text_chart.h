// Pictures and tables in characters, for a terminal of any width, with or without UTF-8. Knows no run.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace bnrun {

enum class Glyphs { kUnicode, kAscii };

/// What a text is laid out for.
struct TextLook {
    std::size_t columns = 80;
    Glyphs glyphs = Glyphs::kUnicode;
    bool colour = false;
    bool is_cut = false;  ///< whether a line that is too long is cut, as on a terminal, or whole, as in a file
};

/// The text with characters of the look's: where that is ASCII, signs such as × and … and those of bars and sparklines
/// become ones that are. Everything below gives Unicode, but for text_table and wrapped, which call this.
std::string as_shown(const std::string& text, Glyphs glyphs);

/// As many columns as asked for, of which the share (0 to 1) is filled, to an eighth of a column. A share above 0 is
/// never empty.
std::string text_bar(double share, std::size_t columns);

/// A character for each height (0 to 1, cut off beyond); a blank where there is none.
std::string sparkline(const std::vector<std::optional<double>>& heights);

/// The heights of values on a scale of their own, of at least a factor of `least_factor` where it is logarithmic
/// (values that are not above 0 have none), so that what hardly changes looks flat.
std::vector<std::optional<double>> log_heights(const std::vector<double>& values, double least_factor = 10);

enum class Align { kLeft, kRight };

struct TextTable {
    std::vector<Align> aligns;  ///< of the columns
    std::vector<std::vector<std::string>> rows;
    std::size_t gap = 2;       ///< columns between two cells
    std::size_t flexible = 0;  ///< the column that is cut where a line is too long
};

/// A line without a line break for each row, every column as wide as its widest cell. No blanks at the end of a line.
std::vector<std::string> text_table(const TextTable& table, const TextLook& look);

/// The label, and the text beside it, broken between words; each line ends in a line break.
std::string wrapped(const std::string& label, std::size_t label_columns, const std::string& text, const TextLook& look);

enum class Emphasis { kNone, kStrong, kGood, kBad, kSoft };

/// The line with the colour of its emphasis, where the look has colours.
std::string emphasized(const std::string& line, Emphasis emphasis, const TextLook& look);

}  // namespace bnrun
