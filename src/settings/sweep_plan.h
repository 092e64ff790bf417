// From what a sweep varies to its points: a checked config and a name for each.
#pragma once

#include <string>
#include <vector>

#include "base/config.h"
#include "settings/sweep_spec.h"

namespace bnrun {

struct SweepPoint {
    std::string name;   ///< also its config's
    std::string group;  ///< the name without the seed
    Config config;
    std::vector<std::string> values;  ///< one for each of the plan's columns, or its label
};

struct SweepPlan {
    std::string name;
    std::vector<std::string> columns;  ///< `config` where there are several bases, then the keys of all grids
    std::vector<SweepPoint> points;
    std::vector<std::string> warnings;  ///< each once, though many points may give rise to it
    std::string file;                   ///< text of the sweep.json that plans the same
};

/// Every point's config, read and checked; the overrides come after the spec's own. Throws ConfigError naming the axis
/// or point: unknown keys, two axes on one key or on a key and its parent, an override of what varies, two points of
/// equal configs or names, too many points, a config that is wrong.
SweepPlan plan_sweep(const SweepSpec& spec, const std::vector<Override>& overrides);

}  // namespace bnrun
