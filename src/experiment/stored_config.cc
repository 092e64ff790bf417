#include "experiment/stored_config.h"

#include "base/error.h"
#include "base/paths.h"
#include "files/run_files.h"
#include "files/whole_file.h"
#include "settings/brief.h"
#include "settings/json.h"

namespace bnrun {
namespace {

std::string config_path(const std::string& directory) { return path_in(directory, kConfigFile); }

/// Throws DataError where it cannot be read.
std::string stored_text(const std::string& directory) { return read_whole(config_path(directory), kMostJson); }

/// Throws ConfigError where the text is no config.
Config config_of(const std::string& text, const std::string& directory) {
    return parse_config(text, config_path(directory), {}).config;
}

Config stored_config(const std::string& directory) { return config_of(stored_text(directory), directory); }

}  // namespace

bool is_of_config(const std::string& directory, const RunConfig& config) {
    try {
        const std::string stored = stored_text(directory);
        return stored == config.text || config_text(as_asked(config_of(stored, directory))) == config.text;
    } catch (const Error&) {
        return false;
    }
}

std::string first_difference(const std::string& directory, const Config& config) {
    try {
        const std::string key = differing_key(stored_config(directory), config);
        return key.empty() ? " (by its summary.json, though not by its config.json)" : " (first in " + key + ")";
    } catch (const Error&) {
        return " (its config.json cannot be read as one)";
    }
}

ConfigValues stored_values(const std::string& directory) {
    return parse_config_values(stored_text(directory), config_path(directory));
}

StoredSettings stored_settings(const std::string& directory) {
    const std::string text = stored_text(directory);
    const ConfigValues all = parse_config_values(text, config_path(directory));
    try {
        return {all, changed_settings(config_of(text, directory))};
    } catch (const ConfigError&) {  // of another version
        return {all, all};
    }
}

Config with_stored_data_dir(Config config, const std::string& directory) {
    try {
        const Config stored = stored_config(directory);
        config.data.dir = stored.data.dir;
        config.data.absolute_dir = stored.data.absolute_dir;
    } catch (const Error&) {  // nothing to go on with: what there is to say, is_finished says
    }
    return config;
}

}  // namespace bnrun
