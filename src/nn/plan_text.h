// A plan as it is printed when a run starts.
#pragma once

#include <string>
#include <vector>

#include "nn/net_plan.h"

namespace bnrun {

/// One line a layer: what it is, shape, parameters and FLOPs of a sample's forward pass.
std::vector<std::string> plan_text(const std::vector<LayerPlan>& plan);

}  // namespace bnrun
