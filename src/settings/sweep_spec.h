// What a sweep varies, given by flags or a JSON spec.
#pragma once

#include <string>
#include <vector>

#include "settings/json.h"

namespace bnrun {

/// One direction in which a sweep varies: a key and its values, or several keys that go through theirs together.
struct SweepAxis {
    std::vector<std::string> keys;                 ///< dotted
    std::vector<std::vector<std::string>> values;  ///< of each key, as JSON text; all of one length
    std::vector<std::string> given;                ///< where and how the user wrote each, for messages
};

struct SweepBase {
    std::string label;  ///< tells it from the other bases
    ConfigFile config;
};

struct SweepSpec {
    std::string name;  ///< of the directory in results/
    std::vector<SweepBase> bases;
    std::vector<Override> set;    ///< fixed for every point
    std::vector<SweepAxis> axes;  ///< the last varies fastest
    std::string given;            ///< what the user wrote, a JSON object
};

/// @param grid, zip as given on the command line: `key=values`. Throws ConfigError, as all of these do.
SweepSpec sweep_from_flags(const std::vector<std::string>& configs, const std::vector<std::string>& grid,
                           const std::vector<std::string>& zip);

/// The axes alone.
std::vector<SweepAxis> axes_from_flags(const std::vector<std::string>& grid, const std::vector<std::string>& zip);

/// Reads {"name", "base": config, object or list of them, "set": {key: value}, "grid": {key: values}, "zip": {key:
/// values}}, where values are a list or a string in the grammar of sweep_values. `given` is for a sweep's own file.
SweepSpec read_sweep_spec(const std::string& path);

/// The same for a spec's text, which messages call `path`.
SweepSpec parse_sweep_spec(const std::string& text, const std::string& path);

}  // namespace bnrun
