#include "base/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace bnrun {
namespace {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;
};

/// How many bytes a character has that begins with this one; 0: none does.
std::size_t length_from(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/// The character that a text begins with, in its shortest form; none where its first byte is no part of UTF-8.
std::optional<Character> first_character(std::string_view text) {
    constexpr std::array<char32_t, 5> kFirstOfLength{0, 0, 0x80, 0x800, 0x10000};
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t bytes = length_from(first);
    if (bytes == 0 || bytes > text.size()) return std::nullopt;
    char32_t code = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
    for (const char next : text.substr(1, bytes - 1)) {
        if ((static_cast<unsigned char>(next) & 0xC0U) != 0x80) return std::nullopt;
        code = code << 6U | (static_cast<unsigned char>(next) & 0x3FU);
    }
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    if (code < kFirstOfLength.at(bytes) || surrogate || code > 0x10FFFF) return std::nullopt;
    return Character{code, bytes};
}

bool is_shown(char32_t code) {
    struct Range {
        char32_t first;
        char32_t last;
    };
    constexpr Range kUnshown[] = {
        {0, 0x1F},         // controls
        {0x7F, 0x9F},      // controls
        {0x61C, 0x61C},    // direction
        {0x200E, 0x200F},  // direction
        {0x2028, 0x2029},  // ends of lines and paragraphs
        {0x202A, 0x202E},  // direction
        {0x2066, 0x2069},  // direction
        {0xFFFE, 0xFFFF},  // no characters
    };
    return std::none_of(std::begin(kUnshown), std::end(kUnshown),
                        [&](const Range& range) { return code >= range.first && code <= range.last; });
}

/// @param kept of the characters that are not shown, those that stay
std::string shown(std::string_view text, std::string_view kept) {
    std::string result;
    while (!text.empty()) {
        const std::optional<Character> character = first_character(text);
        const std::size_t bytes = character ? character->bytes : 1;
        if (!character) {
            result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
        } else if (is_shown(character->code) || kept.find(text.front()) != std::string_view::npos) {
            result += text.substr(0, bytes);
        } else {
            result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character->code));
        }
        text.remove_prefix(bytes);
    }
    return result;
}

}  // namespace

std::string printable(std::string_view text) { return shown(text, ""); }

std::string printable_lines(std::string_view text) { return shown(text, "\n\t"); }

std::string first_characters(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    std::size_t end = 0;
    while (end < most) {
        const std::optional<Character> character = first_character(text.substr(end));
        const std::size_t bytes = character ? character->bytes : 1;
        if (end + bytes > most) break;
        end += bytes;
    }
    return std::string(text.substr(0, end)) + "…";
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::optional<Character> character = first_character(text);
        if (!character) return false;
        text.remove_prefix(character->bytes);
    }
    return true;
}

std::string_view without_mark(std::string_view text) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
    return text;
}

}  // namespace bnrun
