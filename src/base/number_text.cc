#include "base/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace bnrun {

std::string matlab_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Inf" : "-Inf";
    const double magnitude = value == 0 ? 0 : std::floor(std::log10(std::abs(value)));
    const int digits = static_cast<int>(std::clamp(magnitude + 5, 5.0, 16.0));
    std::array<char, 40> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*g", digits, value);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string shortest_text(double value, Precision precision) {
    if (std::isnan(value)) return "nan";
    std::array<char, 40> text{};
    char* const end = text.data() + text.size();
    const auto narrow = static_cast<float>(value);
    const bool is_narrow = static_cast<double>(narrow) == value;
    const auto result = precision == Precision::kFloat32 && is_narrow ? std::to_chars(text.data(), end, narrow)
                                                                      : std::to_chars(text.data(), end, value);
    return {text.data(), result.ptr};
}

}  // namespace bnrun
