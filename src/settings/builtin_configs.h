// The configs of the folder configs/, which the build takes in, so that the program has them wherever it is.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

struct BuiltinConfig {
    std::string_view name;  ///< its file's, without `.json`
    std::string_view text;  ///< its file's, byte for byte
};

/// In the order of their names; defined in a source that the build writes.
std::span<const BuiltinConfig> builtin_configs();

/// @param name with or without `.json`. Null where there is none of the name.
const BuiltinConfig* find_builtin_config(std::string_view name);

/// The same; throws ConfigError, with the nearest name, where there is none.
const BuiltinConfig& builtin_config(const std::string& name);

/// What it is: the comment in its first line; empty where it begins without one.
std::string_view description_of(const BuiltinConfig& config);

/// `; did you mean "sigmoid10_bn"?` where one of the names is near the given one, else empty.
std::string config_suggestion(const std::string& given, const std::vector<std::string>& names);

}  // namespace bnrun
