// Makes fields: of the kinds of values, and what can be said of them beside.
#pragma once

#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "settings/field.h"

// A member of a config, or of a constant one, by its path.
// NOLINTBEGIN(bugprone-macro-parentheses): a path takes none
#define BNRUN_MEMBER(path) \
    [](auto& c) -> auto& { return c.path; }
// NOLINTEND(bugprone-macro-parentheses)

namespace bnrun {

inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();
inline constexpr double kMostCount = 1e9;
inline constexpr double kMostWidth = 65536;

/// In use and written in every config.
Field always(const std::string& key, FieldKind kind, const char* description);

Interval read_interval(const OrderedJson& value);
OrderedJson interval_json(const Interval& interval);

/// @param access returns a reference to the member, of a const or a mutable config.
template <class Access>
Field basic(const std::string& key, FieldKind kind, const char* description, Access access) {
    using Value = std::decay_t<decltype(access(std::declval<Config&>()))>;
    Field field = always(key, kind, description);
    field.set = [access](Config& config, const OrderedJson& value) { access(config) = value.get<Value>(); };
    field.get = [access](const Config& config) { return OrderedJson(access(config)); };
    return field;
}

template <class Access>
Field none_or(const char* key, FieldKind kind, const char* description, Access access) {
    using Value = typename std::decay_t<decltype(access(std::declval<Config&>()))>::value_type;
    Field field = always(key, kind, description);
    field.optional = true;
    field.set = [access](Config& config, const OrderedJson& value) { access(config) = value.get<Value>(); };
    field.get = [access](const Config& config) {
        return access(config) ? OrderedJson(*access(config)) : OrderedJson(nullptr);
    };
    return field;
}

template <std::size_t count, class Access>
Field choice(const std::string& key, const std::array<std::string_view, count>& names, const char* description,
             Access access) {
    using Value = std::decay_t<decltype(access(std::declval<Config&>()))>;
    Field field = always(key, FieldKind::kChoice, description);
    field.choices = {names.begin(), names.end()};
    field.set = [access, names](Config& config, const OrderedJson& value) {
        const auto text = value.get<std::string>();
        for (std::size_t i = 0; i < count; ++i) {
            if (names[i] == text) access(config) = static_cast<Value>(i);
        }
    };
    field.get = [access, names](const Config& config) {
        return OrderedJson(std::string(names[static_cast<std::size_t>(access(config))]));
    };
    return field;
}

/// `50 iterations`, `1 epoch`, or the number 0.
template <class Access>
Field interval(const char* key, const char* description, Access access) {
    Field field = always(key, FieldKind::kInterval, description);
    field.set = [access](Config& config, const OrderedJson& value) { access(config) = read_interval(value); };
    field.get = [access](const Config& config) { return interval_json(access(config)); };
    return field;
}

Field between(Field field, double minimum, double maximum);
Field positive(Field field);
Field share(Field field);
/// Null, too, stands for the default.
Field or_default(Field field);
Field instead_if(Field field, std::function<bool(const Config&)> in_use);
Field written_if(Field field, std::function<bool(const Config&)> is_written);
/// A key of a later edition: configs that do without it are as they were.
Field written_if_changed(Field field);
Field used_if(Field field, std::function<bool(const Config&)> in_use);
/// In use, and written, under the condition alone.
Field only_if(Field field, const std::function<bool(const Config&)>& condition);

}  // namespace bnrun
