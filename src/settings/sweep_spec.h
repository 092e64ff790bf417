// What a sweep varies, given by flags or a JSON spec.
#pragma once

#include <string>
#include <vector>

#include "settings/json.h"
#include "settings/sweep_axis.h"
#include "settings/sweep_random.h"

namespace bnrun {

struct SweepBase {
    std::string label;  ///< tells it from the other bases
    ConfigFile config;
};

struct SweepSpec {
    std::string name;  ///< of the directory in results/
    std::vector<SweepBase> bases;
    std::vector<Override> set;  ///< fixed for every point
    /// The points are those of all of these together: each is a product of axes, of which the last varies fastest.
    std::vector<std::vector<SweepAxis>> grids{1};
    RandomSearch random;  ///< one axis more of each grid, and the last
    std::string given;    ///< what the user wrote, a JSON object
};

/// What a command line says of a sweep.
struct SweepFlags {
    std::vector<std::string> configs{};
    std::vector<std::string> grid{};  ///< `key=values`, as the next two
    std::vector<std::string> zip{};
    std::vector<std::string> random{};
    std::vector<std::string> labels{};  ///< `key=label,label,…` for the values in grid or zip
    std::int64_t draws = 0;             ///< of the keys in random
    std::int64_t draw_seed = 1;
};

/// Throws ConfigError, as all of these do.
SweepSpec sweep_from_flags(const SweepFlags& flags);

/// Reads {"name", "base", "set", "grid", "zip", "random"}: base is a config, an object or a list of them; set is {key:
/// value}; grid {key: values} or a list of such; zip {key: values}; random {"n", "seed", "keys": {key: drawn_key}}.
/// Values are those of axis_values. `given` is for a sweep's own file.
SweepSpec read_sweep_spec(const std::string& path);

/// The same for a spec's text, which messages call `path`.
SweepSpec parse_sweep_spec(const std::string& text, const std::string& path);

}  // namespace bnrun
