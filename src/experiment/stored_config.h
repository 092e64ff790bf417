// Whether the run in a directory is one of a given config.
#pragma once

#include <string>

#include "base/config.h"
#include "experiment/run_config.h"
#include "settings/diff.h"

namespace bnrun {

/// Whether its config.json is there and means this config, however it is laid out.
bool is_of_config(const std::string& directory, const RunConfig& config);

/// ` (first in KEY)`: where the stored config departs from this one, or why its config.json cannot tell.
std::string first_difference(const std::string& directory, const Config& config);

/// Its keys and values. Throws DataError: it cannot be read or is no config.
ConfigValues stored_values(const std::string& directory);

struct StoredSettings {
    ConfigValues all;      ///< as stored_values()
    ConfigValues changed;  ///< as changed_settings(); all of them where this program does not know each key
};

/// Throws as stored_values().
StoredSettings stored_settings(const std::string& directory);

/// The config with the data.dir and data.absolute_dir of the run in the directory, where one can be read there.
Config with_stored_data_dir(Config config, const std::string& directory);

}  // namespace bnrun
