#include "experiment/stored_config.h"

#include "base/error.h"
#include "io/config_json.h"
#include "io/whole_file.h"

namespace bnrun {

bool is_of_config(const std::string& directory, const Config& config) {
    try {
        const std::string path = directory + "/config.json";
        const std::string stored = read_whole(path, kMostJson);
        const std::string wanted = config_text(config);
        return stored == wanted || config_text(parse_config(stored, path, {}).config) == wanted;
    } catch (const Error&) {
        return false;
    }
}

std::string first_difference(const std::string& directory, const Config& config) {
    const std::string path = directory + "/config.json";
    try {
        const std::string key = differing_key(parse_config(read_whole(path, kMostJson), path, {}).config, config);
        return key.empty() ? " (by its summary.json, though not by its config.json)" : " (first in " + key + ")";
    } catch (const Error&) {
        return " (its config.json cannot be read as one)";
    }
}

Config with_stored_data_dir(Config config, const std::string& directory) {
    try {
        const std::string path = directory + "/config.json";
        config.data.dir = parse_config(read_whole(path, kMostJson), path, {}).config.data.dir;
    } catch (const Error&) {  // nothing to go on with: what there is to say, is_finished says
    }
    return config;
}

}  // namespace bnrun
