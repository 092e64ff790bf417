#include "base/columns.h"

#include <algorithm>

namespace bnrun {
namespace {

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

std::size_t columns_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string first_columns(const std::string& text, std::size_t columns) {
    const auto end =
        std::find_if(text.begin(), text.end(), [&](char byte) { return begins_character(byte) && columns-- == 0; });
    return {text.begin(), end};
}

}  // namespace bnrun
