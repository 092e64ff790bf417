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

/// A config file's dotted keys with their values as JSON text, in its order. Throws DataError: cannot be read, not a
/// JSON object.
std::vector<std::pair<std::string, std::string>> config_values(const std::string& file);

/// Compares two config files key by key, in A's order and then B's; `name` is left out. They may come from different
/// versions of the program. Throws DataError: cannot be read, not a JSON object.
std::vector<ConfigDifference> config_differences(const std::string& file_a, const std::string& file_b);

}  // namespace bnrun
