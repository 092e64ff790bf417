#include "io/json_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "base/error.h"
#include "io/table_lines.h"

namespace bnrun {
namespace {

constexpr int kMostNesting = 16;

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

/// Follows the parser: refuses a key that is there twice, and nesting that would exhaust the stack.
class Watch {
  public:
    explicit Watch(const std::string& where) : where_(where) {}

    bool operator()(int depth, OrderedJson::parse_event_t event, const OrderedJson& value) {
        using Event = OrderedJson::parse_event_t;
        if (depth >= kMostNesting) {
            throw ConfigError(fmt::format("{}: nested deeper than {} levels; no key needs that", where_, kMostNesting));
        }
        const auto level = static_cast<std::size_t>(depth);
        if (event == Event::object_start) seen_[level + 1].clear();
        if (event == Event::key) take_key(level, value.get<std::string>());
        return true;
    }

  private:
    void take_key(std::size_t level, const std::string& key) {
        path_[level] = key;
        if (seen_[level].insert(key).second) return;
        std::string whole;
        for (std::size_t l = 1; l <= level; ++l) whole += (whole.empty() ? "" : ".") + path_[l];
        throw ConfigError(fmt::format("{}: duplicate key \"{}\"; remove one of the two", where_, whole));
    }

    std::string where_;
    std::vector<std::set<std::string>> seen_ = std::vector<std::set<std::string>>(kMostNesting + 1);
    std::vector<std::string> path_ = std::vector<std::string>(kMostNesting + 1);
};

}  // namespace

OrderedJson parse_value(const std::string& text, const std::string& where) {
    Watch watch(where);
    return OrderedJson::parse(text, std::ref(watch), false);  // else it would be copied, several times
}

OrderedJson parse_object(const std::string& text, const std::string& file) {
    const std::string_view json_text = without_mark(text);
    if (json_text.find_first_not_of(" \t\r\n") == std::string::npos) {
        throw ConfigError(fmt::format("{}: the file is empty; expected a JSON object, {{}} for all defaults", file));
    }
    Watch watch(file);
    try {
        OrderedJson json = OrderedJson::parse(json_text, std::ref(watch), true, true);
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
