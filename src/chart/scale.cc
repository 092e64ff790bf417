#include "chart/scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace bnrun {
namespace {

constexpr double kStepSlack = 1e-9;     ///< of a step, against rounding
constexpr std::size_t kTailShare = 50;  ///< a fiftieth at either end
constexpr double kTailRoom = 10;
constexpr double kFewDecades = 1.5;  ///< below, a log scale is marked at 1, 2 and 5, too
constexpr double kMost = 1e300;      ///< of what an axis can end at; its own arithmetic needs room, too
constexpr double kFarOutside = 1e6;  ///< in lengths of the axis, of what is not on it
constexpr double kLeast = 1e-300;    ///< above 0, and of an axis's length

/// The smallest of 1, 2, 5 times a power of ten that is not below the value.
double round_step(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= value * (1 - kStepSlack)) return factor * power;
    }
    return 10 * power;
}

std::string superscript(int exponent) {
    static constexpr std::array<const char*, 10> kDigits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string text = exponent < 0 ? "⁻" : "";
    for (const char digit : fmt::format("{}", std::abs(exponent)))
        text += kDigits[static_cast<std::size_t>(digit - '0')];
    return text;
}

/// Of a ratio that itself may be beyond what a double can hold.
double decades(double from, double to) {
    const double ratio = to / from;
    return ratio > 0 && std::isfinite(ratio) ? std::log10(ratio) : std::log10(to) - std::log10(from);
}

/// Counted by whole numbers: adding 1 to a large enough double changes nothing.
std::vector<Tick> linear_ticks(double low, double high, int most) {
    const double step = round_step((high - low) / most);
    const double first = std::ceil(low / step - kStepSlack);
    std::vector<Tick> ticks;
    for (int i = 0; i <= most + 1 && (first + i) * step <= high + kStepSlack * step; ++i) {
        const double value = first + i == 0 ? 0 : (first + i) * step;
        if (ticks.empty() || ticks.back().value < value) ticks.push_back({value, number_label(value, 6)});
    }
    return ticks;
}

std::vector<Tick> log_ticks(double low, double high, int most) {
    const int first = static_cast<int>(std::floor(std::log10(low) + kStepSlack));
    const int last = static_cast<int>(std::ceil(std::log10(high) - kStepSlack));
    const bool few = decades(low, high) < kFewDecades;
    const int every = std::max(1, (last - first + most - 1) / most);
    std::vector<Tick> ticks;
    for (int exponent = first; exponent <= last; exponent += every) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            if (factor > 1 && !few) break;
            const double value = factor * std::pow(10.0, exponent);
            if (value < low * (1 - kStepSlack) || value > high * (1 + kStepSlack)) continue;
            ticks.push_back({value, few ? number_label(value) : "10" + superscript(exponent)});
        }
    }
    return ticks;
}

/// What of it an axis can show.
Extent bounded(const Extent& extent, ScaleKind kind) {
    Extent result;
    if (extent.empty()) return result;
    const double least = kind == ScaleKind::kLog ? kLeast : -kMost;
    result.add(std::clamp(extent.low(), least, kMost));
    result.add(std::clamp(extent.high(), least, kMost));
    return result;
}

Extent with_room(const Extent& extent, ScaleKind kind) {
    Extent wide = bounded(extent, kind);
    if (wide.empty()) {
        wide.add(kind == ScaleKind::kLog ? 0.1 : 0);
        wide.add(1);
        return wide;
    }
    const double value = wide.low();
    if (kind == ScaleKind::kLog && value == wide.high()) {
        wide.add(value / 2);
        wide.add(value * 2);
    } else if (kind == ScaleKind::kLinear && wide.high() - value < kLeast) {
        wide.add(value - std::max(std::abs(value) / 2, kLeast));
        wide.add(value + std::max(std::abs(value) / 2, kLeast));
    }
    return wide;
}

}  // namespace

std::string number_label(double value, int digits) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Inf" : "Inf";
    std::string text = fmt::format("{:.{}g}", value, digits);
    const std::size_t e = text.find('e');
    if (e == std::string::npos) return text;
    const std::string sign = text[e + 1] == '-' ? "-" : "";
    return text.substr(0, e + 1) + sign + text.substr(text.find_first_not_of('0', e + 2));
}

void Extent::add(double value) {
    if (!std::isfinite(value)) return;
    const bool first = empty();
    low_ = first ? value : std::min(low_, value);
    high_ = first ? value : std::max(high_, value);
}

void Extent::add_positive(double value) {
    if (value > 0) add(value);
}

Extent central_extent(std::vector<double> values, ScaleKind kind) {
    const bool log = kind == ScaleKind::kLog;
    const auto unfit = [&](double value) { return !std::isfinite(value) || (log && value <= 0); };
    values.erase(std::remove_if(values.begin(), values.end(), unfit), values.end());
    Extent extent;
    if (values.empty()) return extent;
    std::sort(values.begin(), values.end());
    const std::size_t tail = values.size() / kTailShare;
    const double low = values[tail];
    const double high = values[values.size() - 1 - tail];
    const double floor = log ? low / kTailRoom : low - (high - low);
    const double ceiling = log ? high * kTailRoom : high + (high - low);
    extent.add(*std::lower_bound(values.begin(), values.end(), floor));
    extent.add(*(std::upper_bound(values.begin(), values.end(), ceiling) - 1));
    return extent;
}

Scale::Scale(ScaleKind kind, double low, double high, double from, double to)
    : kind_(kind), low_(low), high_(high), from_(from), to_(to) {
    const bool log = kind == ScaleKind::kLog;
    low_ = std::fmin(std::fmax(low_, log ? kLeast / 10 : -10 * kMost), kMost);
    if (!(high_ > low_)) high_ = log ? 10 * low_ : low_ + std::max(1.0, std::abs(low_));
    high_ = std::fmin(high_, 10 * kMost);
}

Scale Scale::rounded(ScaleKind kind, const Extent& extent, double from, double to) {
    const Extent wide = with_room(extent, kind);
    if (kind == ScaleKind::kLog) {
        const double low = std::pow(10.0, std::floor(std::log10(wide.low()) + kStepSlack));
        const double high = std::pow(10.0, std::ceil(std::log10(wide.high()) - kStepSlack));
        return {kind, low, high, from, to};
    }
    const double step = round_step((wide.high() - wide.low()) / 5);
    return {kind, std::floor(wide.low() / step + kStepSlack) * step, std::ceil(wide.high() / step - kStepSlack) * step,
            from, to};
}

std::optional<double> Scale::at(double value) const {
    if (!std::isfinite(value) || (kind_ == ScaleKind::kLog && value <= 0)) return std::nullopt;
    const double share =
        kind_ == ScaleKind::kLinear ? (value - low_) / (high_ - low_) : decades(low_, value) / decades(low_, high_);
    return from_ + std::clamp(share, -kFarOutside, kFarOutside) * (to_ - from_);
}

std::vector<Tick> Scale::ticks(int most) const {
    return kind_ == ScaleKind::kLog ? log_ticks(low_, high_, most) : linear_ticks(low_, high_, most);
}

}  // namespace bnrun
