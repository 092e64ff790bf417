#include "io/json_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/error.h"

namespace bnrun {
namespace {

constexpr int kMostNesting = 16;

/// Line and column, from 1, of a byte of the text.
std::string position(const std::string& text, std::size_t byte) {
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

}  // namespace

OrderedJson parse_object(const std::string& text, const std::string& file) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        throw ConfigError(fmt::format("{}: the file is empty; expected a JSON object, {{}} for all defaults", file));
    }
    std::vector<std::set<std::string>> seen(kMostNesting + 1);
    std::vector<std::string> path(kMostNesting + 1);
    const auto callback = [&](int depth, OrderedJson::parse_event_t event, OrderedJson& value) {
        using Event = OrderedJson::parse_event_t;
        if (depth >= kMostNesting)
            throw ConfigError(fmt::format("{}: nested deeper than {} levels; no key needs that", file, kMostNesting));
        const auto level = static_cast<std::size_t>(depth);
        if (event == Event::object_start) seen[level + 1].clear();
        if (event == Event::key) {
            path[level] = value.get<std::string>();
            if (!seen[level].insert(path[level]).second) {
                std::string key;
                for (std::size_t l = 1; l <= level; ++l) key += (key.empty() ? "" : ".") + path[l];
                throw ConfigError(fmt::format("{}: duplicate key \"{}\"; remove one of the two", file, key));
            }
        }
        return true;
    };
    try {
        OrderedJson json = OrderedJson::parse(text, callback, true, true);
        if (!json.is_object()) throw ConfigError(fmt::format("{}: expected a JSON object {{…}} at the top", file));
        return json;
    } catch (const OrderedJson::parse_error& error) {
        throw ConfigError(
            fmt::format("{}:{}: not valid JSON: {}", file, position(text, error.byte), one_line(error.what())));
    } catch (const OrderedJson::out_of_range& error) {
        const std::string what = error.what();
        throw ConfigError(
            fmt::format("{}: not valid JSON: {}; expected at most 1.8e308", file, what.substr(what.find("] ") + 2)));
    }
}

}  // namespace bnrun
