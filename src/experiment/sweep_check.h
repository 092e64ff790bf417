// Verifies every run of a sweep that has ended.
#pragma once

#include <string>

#include "experiment/check_run.h"

namespace bnrun {

/// Reports a line for each run, in the sweep's order: its name and what check_run says, why it could not be checked, or
/// how far it is; then how many there were of each. True where all that ended are the same. Throws DataError where none
/// has ended.
bool check_sweep(const std::string& directory, const CheckOptions& options, Reporter& reporter);

}  // namespace bnrun
