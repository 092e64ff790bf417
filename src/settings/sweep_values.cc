#include "settings/sweep_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "base/error.h"
#include "base/json_text.h"
#include "base/number_text.h"
#include "base/platform.h"
#include "settings/decimal.h"

namespace bnrun {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\' && i + 1 < text.size()) {
            parts.back() += c;
            parts.back() += text[++i];
            continue;
        }
        if (c == '"') quoted = !quoted;
        if (!quoted && (c == '[' || c == '{')) ++depth;
        if (!quoted && (c == ']' || c == '}')) --depth;
        if (c == separator && !quoted && depth <= 0) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

std::optional<double> finite_number(const std::string& text) {
    const std::optional<double> value = read_double(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> integer(const std::string& text) {
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

/// Twelve digits hide the last bits, in which one machine's pow may differ from another's.
std::string rounded(double value) {
    return shortest_text(std::strtod(fmt::format("{:.11e}", value).c_str(), nullptr) + 0.0);
}

class Range {
  public:
    Range(std::string item, const std::string& where)
        : where_(where), item_(std::move(item)), parts_(split(item_, ':')) {}

    [[nodiscard]] bool applies() const {
        return parts_.size() > 1 && (parts_[0] == "log" || finite_number(parts_[0]).has_value());
    }

    [[nodiscard]] std::vector<std::string> values() const {
        if (parts_[0] == "log") return logarithmic();
        if (parts_.size() == 2) return whole(whole_part(0), whole_part(1), 1);
        if (parts_.size() != 3) bad("expected from:to or from:to:step; put text with colons in double quotes");
        const auto from = integer(parts_[0]);
        const auto to = integer(parts_[1]);
        const auto step = integer(parts_[2]);
        return from && to && step ? whole(*from, *to, *step) : stepped();
    }

  private:
    [[noreturn]] void bad(const std::string& what) const {
        throw ConfigError(fmt::format("{}: bad range {}: {}", where_, item_, what));
    }

    double part(std::size_t i) const {
        const auto value = finite_number(parts_[i]);
        if (!value) bad(fmt::format("\"{}\" is not a number", parts_[i]));
        return *value;
    }

    [[nodiscard]] std::int64_t whole_part(std::size_t i) const {
        const auto value = integer(parts_[i]);
        if (!value) bad(fmt::format("\"{}\" is not a whole number; from:to:step takes any", parts_[i]));
        return *value;
    }

    /// Throws unless steps lead from the first to the last, and not through too many values.
    [[nodiscard]] std::vector<Int128> steps(Int128 from, Int128 to, Int128 step) const {
        const bool leads = from == to || (from < to) == (step > 0);
        if (step == 0 || !leads) bad("the step does not lead from the first number to the last");
        const Int128 count = (to - from) / step;
        if (count >= static_cast<Int128>(kMostPoints)) bad(fmt::format("more than {} values", kMostPoints));
        std::vector<Int128> values;
        for (Int128 i = 0; i <= count; ++i) values.push_back(from + i * step);
        return values;
    }

    [[nodiscard]] std::vector<std::string> whole(std::int64_t from, std::int64_t to, std::int64_t step) const {
        std::vector<std::string> values;
        for (const Int128 value : steps(from, to, step)) values.push_back(fmt::format("{}", value));
        return values;
    }

    /// Counted in units of the last decimal that any of the three has, and so without a rounding error.
    [[nodiscard]] std::vector<std::string> stepped() const {
        std::array<Decimal, 3> numbers;
        for (std::size_t i = 0; i < 3; ++i) numbers[i] = decimal_part(i);
        const auto less = [](const Decimal& a, const Decimal& b) { return a.exponent < b.exponent; };
        const int unit = std::min_element(numbers.begin(), numbers.end(), less)->exponent;
        std::array<Int128, 3> units{};
        for (std::size_t i = 0; i < 3; ++i) {
            const std::optional<Int128> digits = digits_for(numbers[i], unit);
            if (!digits) bad_digits();
            units[i] = *digits;
        }
        std::vector<std::string> values;
        for (const Int128 value : steps(units[0], units[1], units[2])) {
            values.push_back(shortest_text(to_double({value, unit})));
        }
        return values;
    }

    [[nodiscard]] Decimal decimal_part(std::size_t i) const {
        part(i);
        const std::optional<Decimal> number = decimal_of(parts_[i]);
        if (!number) bad_digits();
        return *number;
    }

    [[noreturn]] void bad_digits() const { bad("the numbers have more digits than can be told apart"); }

    [[nodiscard]] std::vector<std::string> logarithmic() const {
        if (parts_.size() != 4) bad("expected log:low:high:count");
        const double low = part(1);
        const double high = part(2);
        const std::int64_t count = whole_part(3);
        if (low <= 0 || high <= 0) bad("both ends must be above 0");
        if (count < 2 || count > static_cast<std::int64_t>(kMostPoints)) {
            bad(fmt::format("the count must be from 2 to {}", kMostPoints));
        }
        std::vector<std::string> values{shortest_text(low)};
        const double first = std::log10(low);
        const double width = std::log10(high) - first;
        for (std::int64_t i = 1; i + 1 < count; ++i) {
            const double share = static_cast<double>(i) / static_cast<double>(count - 1);
            values.push_back(rounded(std::pow(10.0, first + share * width)));
        }
        values.push_back(shortest_text(high));
        return values;
    }

    const std::string& where_;
    std::string item_;
    std::vector<std::string> parts_;
};

}  // namespace

std::vector<std::string> sweep_values(const std::string& text, const std::string& where) {
    if (text.empty()) throw ConfigError(where + ": no values; expected some, such as seed=1:3 or seed=1,2,3");
    std::vector<std::string> values;
    for (const std::string& item : split(text, ',')) {
        if (item.empty()) throw ConfigError(where + ": an empty value; remove a comma, or write \"\" for empty text");
        const OrderedJson json = parse_value(item, where);
        const Range range(item, where);
        if (!json.is_discarded()) {
            values.push_back(item);
        } else if (range.applies()) {
            const std::vector<std::string> more = range.values();
            values.insert(values.end(), more.begin(), more.end());
        } else {
            values.push_back(OrderedJson(item).dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
        }
        if (values.size() > kMostPoints) throw ConfigError(fmt::format("{}: more than {} values", where, kMostPoints));
    }
    return values;
}

}  // namespace bnrun
