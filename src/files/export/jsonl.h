// A run as JSON Lines: objects of the kind `iteration`, of the kind `layers` for rows of layers.csv, then of `epoch`.
#pragma once

#include <string>

#include "files/logged_run.h"

namespace bnrun {

/// Every object has its `kind`, and all of a kind have the same keys. What is not finite is null.
std::string jsonl_of(const LoggedRun& run);

}  // namespace bnrun
