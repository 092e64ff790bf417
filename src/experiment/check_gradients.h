// Shows that back-propagation gives the gradients of the loss, for a config's own network and data.
#pragma once

#include "base/config.h"
#include "experiment/reporter.h"

namespace bnrun {

/// Reports a row for each tensor and then the verdict. Throws Error(kDifferent) where the check fails.
void check_gradients(Config config, int threads, Reporter& reporter);

}  // namespace bnrun
