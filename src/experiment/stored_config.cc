#include "experiment/stored_config.h"

#include "base/error.h"
#include "io/config_json.h"
#include "io/whole_file.h"

namespace bnrun {

bool is_of_config(const std::string& directory, const Config& config) {
    try {
        return read_whole(directory + "/config.json", kMostJson) == config_text(config);
    } catch (const DataError&) {
        return false;
    }
}

std::string first_difference(const std::string& directory, const Config& config) {
    try {
        const std::string path = directory + "/config.json";
        const std::string key = differing_key(parse_config(read_whole(path, kMostJson), path, {}).config, config);
        return key.empty() ? "" : " (first in " + key + ")";
    } catch (const Error&) {
        return "";
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
