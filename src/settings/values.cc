#include "settings/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/printable.h"

namespace bnrun {

namespace {

constexpr std::size_t kMostOfValue = 80;
constexpr std::size_t kMostItems = 1000;  ///< of a list

/// What kIntervalPattern says.
bool is_interval(const std::string& text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits < 1 || digits > 9 || text.front() == '0') return false;
    const std::string unit = text.substr(digits);
    return unit == " epoch" || unit == " epochs" || unit == " iteration" || unit == " iterations";
}

bool has_choice(const Field& field, const OrderedJson& value) {
    return value.is_string() && std::count(field.choices.begin(), field.choices.end(), value.get<std::string>()) > 0;
}

/// Up to nine digits that do not begin with 0, which are taken from the text; 0 where there are none.
std::int64_t take_count(std::string_view& text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits < 1 || digits > 9 || text.front() == '0') return 0;
    const std::int64_t count = std::stoll(std::string(text.substr(0, digits)));
    text.remove_prefix(digits);
    return count;
}

bool take_sign(std::string_view& text, char sign) {
    if (text.empty() || text.front() != sign) return false;
    text.remove_prefix(1);
    return true;
}

bool fits(const Field& field, const OrderedJson& value) {
    if (!value.is_number()) return false;
    const double number = value.get<double>();
    if (!std::isfinite(number)) return false;
    if (field.kind != FieldKind::kNumber && !is_whole(value)) return false;
    const bool low = field.above_minimum ? number > field.minimum : number >= field.minimum;
    const bool high = field.below_maximum ? number < field.maximum : number <= field.maximum;
    return low && high;
}

}  // namespace

std::string shown_json(const OrderedJson& value) {
    return first_characters(value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace), kMostOfValue);
}

bool is_whole(const OrderedJson& value) {
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= INT64_MAX;
    if (value.is_number_integer()) return true;
    const double number = value.get<double>();
    return number == std::floor(number) && std::abs(number) < 0x1p63;
}

bool is_valid(const Field& field, const OrderedJson& value) {
    if (value.is_null()) return field.optional;
    switch (field.kind) {
        case FieldKind::kText:
            return value.is_string() && !value.get<std::string>().empty() && is_utf8(value.get<std::string>());
        case FieldKind::kBool: return value.is_boolean();
        case FieldKind::kChoice: return has_choice(field, value);
        case FieldKind::kChoices:
            return value.is_array() && std::all_of(value.begin(), value.end(), [&](const OrderedJson& item) {
                       return has_choice(field, item) && std::count(value.begin(), value.end(), item) == 1;
                   });
        case FieldKind::kIterations:
            return value.is_array() && !value.empty() && value.size() <= kMostItems &&
                   std::all_of(value.begin(), value.end(), [](const OrderedJson& item) {
                       return item.is_string() && span_from(item.get<std::string>());
                   });
        case FieldKind::kInterval:
            if (!value.is_string()) return value.is_number() && value == 0;
            return is_interval(value.get<std::string>());
        case FieldKind::kInteger:
        case FieldKind::kNumber: return fits(field, value);
        case FieldKind::kLayers: return true;  // it is read with a message for each entry
        case FieldKind::kIntegers:
            return value.is_array() && !value.empty() && value.size() <= kMostItems &&
                   std::all_of(value.begin(), value.end(), [&](const OrderedJson& v) { return fits(field, v); });
    }
    return false;
}

std::optional<IterationSpan> span_from(std::string_view text) {
    if (text == "last") return IterationSpan{.is_last_of_run = true};
    IterationSpan span;
    span.epoch = take_count(text);
    if (span.epoch == 0 || !take_sign(text, ':')) return {};
    span.first = take_count(text);
    span.last = take_sign(text, '-') ? take_count(text) : span.first;
    if (span.first == 0 || span.last < span.first || !text.empty()) return {};
    return span;
}

std::string span_text(const IterationSpan& span) {
    if (span.is_last_of_run) return "last";
    const std::string end = span.last == span.first ? "" : fmt::format("-{}", span.last);
    return fmt::format("{}:{}{}", span.epoch, span.first, end);
}

void put(OrderedJson& json, const std::string& key, OrderedJson value) {
    OrderedJson* at = &json;
    std::size_t start = 0;
    for (std::size_t dot = key.find('.'); dot != std::string::npos; start = dot + 1, dot = key.find('.', start)) {
        at = &(*at)[key.substr(start, dot - start)];
    }
    (*at)[key.substr(start)] = std::move(value);
}

}  // namespace bnrun
