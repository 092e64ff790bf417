#include "settings/values.h"

#include <algorithm>
#include <cmath>

#include "base/printable.h"

namespace bnrun {

namespace {

constexpr std::size_t kMostOfValue = 80;

/// What kIntervalPattern says.
bool is_interval(const std::string& text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits < 1 || digits > 9 || text.front() == '0') return false;
    const std::string unit = text.substr(digits);
    return unit == " epoch" || unit == " epochs" || unit == " iteration" || unit == " iterations";
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
        case FieldKind::kChoice:
            return value.is_string() &&
                   std::count(field.choices.begin(), field.choices.end(), value.get<std::string>()) > 0;
        case FieldKind::kInterval:
            if (!value.is_string()) return value.is_number() && value == 0;
            return is_interval(value.get<std::string>());
        case FieldKind::kInteger:
        case FieldKind::kNumber: return fits(field, value);
        case FieldKind::kLayers: return true;  // it is read with a message for each entry
        case FieldKind::kIntegers:
            return value.is_array() && !value.empty() && value.size() <= 1000 &&
                   std::all_of(value.begin(), value.end(), [&](const OrderedJson& v) { return fits(field, v); });
    }
    return false;
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
