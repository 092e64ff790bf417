// Whether a config can be trained on a data set, found out before anything is written.
#pragma once

#include "base/config.h"
#include "base/tensor.h"
#include "data/dataset.h"

namespace bnrun {

/// Throws what `train` would throw before its first iteration, so that nothing is written for a run that can't start.
void check_fit(const Config& config, const Dataset& dataset, const TensorMap& initial);

}  // namespace bnrun
