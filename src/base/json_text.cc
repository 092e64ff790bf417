#include "base/json_text.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json_watch.h"
#include "base/printable.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostNesting = 16;
constexpr std::size_t kMostKeys = 256;  ///< a key is looked for among all of its object's

/// Line and column, from 1, of a byte of the text.
std::string position(std::string_view text, std::size_t byte) {
    const std::size_t end = std::min(byte == 0 ? 0 : byte - 1, text.size());
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n') + 1;
    const std::size_t start = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    const std::size_t column = start == std::string::npos ? end + 1 : end - start;
    return fmt::format("{}:{}", line, column);
}

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    const std::size_t start = text.find(": ", text.find("column"));
    return start == std::string::npos ? text : text.substr(start + 2);
}

/// @param where begins messages
void check_limits(std::string_view text, const std::string& where) {
    watch_json(text, {kMostNesting, kMostKeys}, [&](JsonFault fault, const std::vector<std::string>& path) {
        const std::string key = first_characters(fmt::format("{}", fmt::join(path, ".")), kMostOfGiven);
        switch (fault) {
            case JsonFault::kTooDeep:
                throw ConfigError(
                    fmt::format("{}: nested deeper than {} levels; no key needs that", where, kMostNesting));
            case JsonFault::kTooManyKeys:
                throw ConfigError(fmt::format("{}: more than {} keys in one object, after \"{}\"; none needs that",
                                              where, kMostKeys, key));
            case JsonFault::kKeyTwice:
                throw ConfigError(fmt::format("{}: duplicate key \"{}\"; remove one of the two", where, key));
        }
    });
}

}  // namespace

OrderedJson parse_value(const std::string& text, const std::string& where) {
    check_limits(text, first_characters(where, kMostOfGiven));
    return OrderedJson::parse(text, nullptr, false);
}

OrderedJson parse_stored(const std::string& text, const std::string& file) {
    try {
        check_limits(text, file);
    } catch (const ConfigError& error) {
        throw DataError(error.what());
    }
    return OrderedJson::parse(text, nullptr, false, true);
}

OrderedJson parse_object(const std::string& text, const std::string& file) {
    const std::string_view json_text = without_mark(text);
    if (json_text.find_first_not_of(" \t\r\n") == std::string::npos) {
        throw ConfigError(fmt::format("{}: the file is empty; expected a JSON object, {{}} for all defaults", file));
    }
    check_limits(json_text, file);
    try {
        OrderedJson json = OrderedJson::parse(json_text, nullptr, true, true);
        if (!json.is_object()) throw ConfigError(fmt::format("{}: expected a JSON object {{…}} at the top", file));
        return json;
    } catch (const OrderedJson::parse_error& error) {
        throw ConfigError(
            fmt::format("{}:{}: not valid JSON: {}", file, position(json_text, error.byte), one_line(error.what())));
    } catch (const OrderedJson::out_of_range& error) {
        const std::string what = error.what();
        throw ConfigError(
            fmt::format("{}: not valid JSON: {}; expected at most 1.8e308", file, what.substr(what.find("] ") + 2)));
    }
}

}  // namespace bnrun
