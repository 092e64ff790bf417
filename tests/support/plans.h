// Plans of single layers, for tests of what is made from them.
#pragma once

#include <string>
#include <vector>

#include "nn/net_plan.h"
#include "settings/json.h"

namespace bnrun {

/// Of a config's text, named `some.json`.
inline std::vector<LayerPlan> plan_of(const std::string& text, const Shape& input, Index classes = 3) {
    return plan_net(parse_config(text, "some.json", {}).config, input, classes);
}

}  // namespace bnrun
