// The config's keys as plain strings, for whoever offers them on a command line.
#pragma once

#include <string>
#include <vector>

namespace bnrun {

struct ConfigKey {
    std::string key;                  ///< dotted
    std::vector<std::string> values;  ///< all there are; empty where any number or text can be given
    std::string expectation;          ///< in words: `a whole number of at least 1`
    std::string description;
};

/// In the order of the reference page; batch_norm, its gamma and its beta also as the booleans they may be, the
/// learning rate's schedule as its name.
std::vector<ConfigKey> config_keys();

}  // namespace bnrun
