// A run as JSON Lines: an object for each logged iteration, then one for each epoch.
#pragma once

#include <string>

#include "files/logged_run.h"

namespace bnrun {

/// What is not finite is null.
std::string jsonl_of(const LoggedRun& run);

}  // namespace bnrun
