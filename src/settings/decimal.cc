#include "settings/decimal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace bnrun {
namespace {

constexpr std::size_t kMostDigits = 36;  // the sum and difference of two such numbers fit in 127 bits

}  // namespace

std::optional<Decimal> decimal_of(const std::string& text) {
    const std::size_t e = std::min(text.find_first_of("eE"), text.size());
    const std::size_t point = std::min(text.find('.'), e);
    std::string digits = text.substr(0, point) + (point < e ? text.substr(point + 1, e - point - 1) : "");
    const bool is_negative = digits.starts_with('-');
    digits.erase(0, std::min(digits.find_first_of("123456789"), digits.size()));
    if (digits.empty()) return Decimal{};
    Decimal number;
    const std::size_t sign = e + 1 < text.size() && text[e + 1] == '+' ? 1 : 0;
    if (e < text.size()) std::from_chars(text.data() + e + 1 + sign, text.data() + text.size(), number.exponent);
    if (point < e) number.exponent -= static_cast<int>(e - point - 1);
    for (; digits.back() == '0'; digits.pop_back()) ++number.exponent;
    if (digits.size() > kMostDigits) return std::nullopt;
    for (const char digit : digits) number.digits = 10 * number.digits + (digit - '0');
    if (is_negative) number.digits = -number.digits;
    return number;
}

std::optional<Int128> digits_for(const Decimal& number, int exponent) {
    Int128 most = 1;
    for (std::size_t i = 0; i < kMostDigits; ++i) most *= 10;
    Int128 digits = number.digits;
    for (int at = number.exponent; digits != 0 && at > exponent; --at) {
        digits *= 10;
        if (digits >= most || digits <= -most) return std::nullopt;
    }
    return digits;
}

double to_double(const Decimal& number) {
    return std::strtod(fmt::format("{}e{}", number.digits, number.exponent).c_str(), nullptr);
}

}  // namespace bnrun
