// What can be wrong with a config whose values are each right on their own.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/config.h"

namespace bnrun {

/// Throws ConfigError, naming the key and where its value came from: values that contradict each other, that float32
/// cannot hold, that ask for more samples than a source of known size has; a name that cannot be a directory's.
/// @param given the keys that were not left to their defaults.
void check_config(const Config& config, const std::set<std::string>& given);

/// Throws ConfigError unless the name can be a directory's. @param where begins the message.
void check_name(const std::string& name, const std::string& where);

/// Throws ConfigError where the scheme needs a standard deviation and has none, or the other way round.
/// @param where begins the message, @param key names the group in it.
void check_scheme(const InitConfig& init, const std::string& where, const std::string& key);

/// A line for each given key that has no effect beside the others.
std::vector<std::string> keys_without_effect(const Config& config, const std::set<std::string>& given);

}  // namespace bnrun
