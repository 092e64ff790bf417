#include "files/table_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.h"
#include "base/printable.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostOfLine = 40;

template <class Number>
std::optional<Number> number_from(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

std::string unfinished_row(const std::string& path, std::size_t line) {
    return fmt::format(
        "{}:{}: the last row is cut off and is left out; if all of it is there, end it with a line break", path, line);
}

bool Lines::next() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return false;
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
    ++number_;
    return true;
}

void Lines::fail(const std::string& what) const {
    throw DataError(fmt::format("{}:{}: {}", path_, std::max<std::size_t>(number_, 1), what));
}

std::string shown(std::string_view text) { return "\"" + printable(first_characters(text, kMostOfLine)) + "\""; }

std::string_view take_field(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return field;
}

std::int64_t count_from(std::string_view field, const char* name, const Lines& lines) {
    const auto count = number_from<std::int64_t>(field);
    if (count && *count >= 1 && *count <= kMostSteps) return *count;
    lines.fail(fmt::format("{} {}; expected a whole number from 1 to 2^53", name, shown(field)));
}

std::vector<double> values_from(std::string_view text, char separator, std::size_t count, const Lines& lines) {
    std::vector<double> values;
    values.reserve(count);
    for (bool more = !text.empty(); more;) {
        more = text.find(separator) != std::string_view::npos;
        const std::string_view field = take_field(text, separator);
        const auto value = number_from<double>(field);
        if (!value) {
            lines.fail(fmt::format("value {}: {}; expected a number", values.size() + 1, shown(field)));
        }
        values.push_back(*value);
    }
    if (count == 0 ? !values.empty() : values.size() == count) return values;
    const std::string what =
        fmt::format("{} values; expected {}", values.size(), count == 0 ? "some" : std::to_string(count));
    lines.fail(what);
}

}  // namespace bnrun
