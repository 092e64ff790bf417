#include "chart/text_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "base/columns.h"
#include "chart/scale.h"

namespace bnrun {
namespace {

constexpr std::array<std::string_view, 9> kEighths{" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};  // wide
constexpr std::array<std::string_view, 8> kSparkLevels{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};   // high

constexpr std::array<std::pair<std::string_view, std::string_view>, 19> kInAscii{{{"▏", "|"},
                                                                                  {"▎", "|"},
                                                                                  {"▍", "|"},
                                                                                  {"▌", "#"},
                                                                                  {"▋", "#"},
                                                                                  {"▊", "#"},
                                                                                  {"▉", "#"},
                                                                                  {"█", "#"},
                                                                                  {"▁", "_"},
                                                                                  {"▂", "."},
                                                                                  {"▃", "-"},
                                                                                  {"▄", "~"},
                                                                                  {"▅", "="},
                                                                                  {"▆", "+"},
                                                                                  {"▇", "*"},
                                                                                  {"×", "x"},
                                                                                  {"±", "+-"},
                                                                                  {"…", ".."},
                                                                                  {"–", "-"}}};

std::string repeated(std::string_view glyph, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += glyph;
    return text;
}

std::string padded(const std::string& cell, std::size_t columns, Align align) {
    const std::string blanks(columns - std::min(columns, columns_of(cell)), ' ');
    return align == Align::kLeft ? cell + blanks : blanks + cell;
}

/// Cut to so many columns, the last of which says so.
std::string cut(const std::string& text, std::size_t columns, Glyphs glyphs) {
    if (columns_of(text) <= columns) return text;
    const std::string mark = glyphs == Glyphs::kUnicode ? "…" : "~";
    return columns == 0 ? "" : first_columns(text, columns - 1) + mark;
}

std::vector<std::size_t> widths_of(const TextTable& table) {
    std::vector<std::size_t> widths(table.aligns.size(), 0);
    for (const auto& row : table.rows) {
        for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], columns_of(row[c]));
    }
    return widths;
}

/// Takes what is too much off the flexible column, which keeps a few characters.
void narrow(std::vector<std::size_t>& widths, const TextTable& table, std::size_t columns) {
    constexpr std::size_t kFewest = 8;
    std::size_t all = table.gap * (widths.size() - 1);
    for (const std::size_t width : widths) all += width;
    std::size_t& flexible = widths[table.flexible];
    if (all > columns && flexible > kFewest) flexible -= std::min(all - columns, flexible - kFewest);
}

void trim_end(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

}  // namespace

std::string as_shown(const std::string& text, Glyphs glyphs) {
    if (glyphs == Glyphs::kUnicode) return text;
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        const auto* const found = std::find_if(kInAscii.begin(), kInAscii.end(), [&](const auto& pair) {
            return std::string_view(text).substr(at).starts_with(pair.first);
        });
        shown += found == kInAscii.end() ? std::string_view(text).substr(at, 1) : found->second;
        at += found == kInAscii.end() ? 1 : found->first.size();
    }
    return shown;
}

std::string text_bar(double share, std::size_t columns) {
    const double most = 8 * static_cast<double>(columns);
    const auto wanted = static_cast<std::size_t>(std::clamp(std::round(share * most), 0.0, most));
    const std::size_t eighths = share > 0 ? std::max<std::size_t>(wanted, 1) : 0;
    std::string bar = repeated(kEighths.back(), eighths / 8);
    if (eighths % 8 != 0) bar += kEighths.at(eighths % 8);
    return bar + std::string(columns - std::min(columns, columns_of(bar)), ' ');
}

std::string sparkline(const std::vector<std::optional<double>>& heights) {
    constexpr double kTop = kSparkLevels.size() - 1;
    std::string line;
    for (const std::optional<double>& height : heights) {
        line +=
            height ? kSparkLevels.at(static_cast<std::size_t>(std::round(std::clamp(*height, 0.0, 1.0) * kTop))) : " ";
    }
    return line;
}

std::vector<std::optional<double>> log_heights(const std::vector<double>& values, double least_factor) {
    Extent extent;
    for (const double value : values) extent.add_positive(value);
    double low = extent.empty() ? 1 : extent.low();
    double high = extent.empty() ? 1 : extent.high();
    if (high < low * least_factor) {
        const double middle = std::sqrt(low) * std::sqrt(high);
        low = middle / std::sqrt(least_factor);
        high = middle * std::sqrt(least_factor);
    }
    const Scale scale(ScaleKind::kLog, low, high, 0, 1);
    std::vector<std::optional<double>> heights;
    for (const double value : values) heights.push_back(scale.at(value));
    return heights;
}

std::vector<std::string> text_table(const TextTable& given, const TextLook& look) {
    TextTable table = given;
    for (auto& row : table.rows) {
        for (std::string& cell : row) cell = as_shown(cell, look.glyphs);
    }
    std::vector<std::size_t> widths = widths_of(table);
    if (look.is_cut) narrow(widths, table, look.columns);
    std::vector<std::string> lines;
    for (const auto& row : table.rows) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (c > 0) line += std::string(table.gap, ' ');
            line += padded(cut(row[c], widths[c], look.glyphs), widths[c], table.aligns[c]);
        }
        trim_end(line);
        lines.push_back(look.is_cut ? cut(line, look.columns, look.glyphs) : line);
    }
    return lines;
}

std::string wrapped(const std::string& label, std::size_t label_columns, const std::string& text,
                    const TextLook& look) {
    const std::string shown = as_shown(text, look.glyphs);
    std::string whole;
    std::string line = padded(as_shown(label, look.glyphs), label_columns, Align::kLeft);
    bool is_begun = false;
    for (std::size_t at = 0; at < shown.size();) {
        const std::size_t end = std::min(shown.find(' ', at), shown.size());
        const std::string word = shown.substr(at, end - at);
        if (is_begun && columns_of(line) + 1 + columns_of(word) > look.columns) {
            whole += line + "\n";
            line = std::string(label_columns, ' ');
            is_begun = false;
        }
        line += (is_begun ? " " : "") + word;
        is_begun = true;
        at = end + 1;
    }
    trim_end(line);
    return whole + line + "\n";
}

std::string emphasized(const std::string& line, Emphasis emphasis, const TextLook& look) {
    constexpr std::array<std::string_view, 5> kCodes{"", "1", "32", "31", "2"};  // ECMA-48, SGR
    const std::string_view code = kCodes.at(static_cast<std::size_t>(emphasis));
    if (!look.colour || code.empty()) return line;
    return "\x1b[" + std::string(code) + "m" + line + "\x1b[0m";
}

}  // namespace bnrun
