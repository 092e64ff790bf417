// `--where KEY=VALUE`: which key is meant, and what has the value.
#pragma once

#include <set>
#include <string>

namespace bnrun {

struct Condition {
    std::string text;  ///< as it was given
    std::string key;   ///< a dotted key or its last parts
    std::string value;
};

/// Throws ConfigError where it is no KEY=VALUE.
Condition parse_condition(const std::string& text);

/// The one key that is meant. Throws ConfigError where none of the keys is or several are. @param whose `no run's
/// config`, for the message
std::string full_key(const std::set<std::string>& keys, const Condition& condition, const std::string& whose);

/// Numbers compare as numbers.
bool is_same_value(const std::string& a, const std::string& b);

/// Throws ConfigError which names some of the values that there are. @param what has none: `run`
[[noreturn]] void throw_no_match(const Condition& condition, const std::string& key,
                                 const std::set<std::string>& values, const char* what);

}  // namespace bnrun
