// Tests a finished model that no training has in memory.
#pragma once

#include "base/config.h"
#include "base/tensor.h"
#include "data/dataset.h"
#include "math/thread_team.h"
#include "train/evaluate.h"

namespace bnrun {

/// Tests a finished model in inference mode. Throws DataError where the model does not fit the config.
TestResult test_model(const Config& config, const Dataset& dataset, const TensorMap& model, ThreadTeam& team);

}  // namespace bnrun
