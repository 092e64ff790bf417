// What two runs' configs differ in.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bnrun {

struct ConfigDifference {
    std::string key;  ///< dotted
    std::string a;    ///< JSON; empty where the config has no such key
    std::string b;
};

/// Dotted keys with their values as JSON text, in the config's order.
using ConfigValues = std::vector<std::pair<std::string, std::string>>;

/// Of a file's text, which messages call `file`. Throws DataError: not a JSON object, more keys than a config can have.
ConfigValues parse_config_values(const std::string& text, const std::string& file);

/// Compares the values of two configs key by key, in A's order and then B's; `name` is left out. They may come from
/// different versions of the program.
std::vector<ConfigDifference> config_differences(const ConfigValues& a, const ConfigValues& b);

}  // namespace bnrun
