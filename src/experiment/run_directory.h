// The directory of one run: what may be there before it, and who may write there.
#pragma once

#include <string>

#include "files/run_claim.h"

namespace bnrun {

/// Throws ConfigError where something is at the path already and force is false, or where force meets anything but an
/// earlier run's directory or an empty one. A run is told by its summary or a checkpoint, or by holding nothing else.
void check_run_directory(const std::string& path, bool force);

/// Claims it, and creates it where it is not there. Throws ConfigError where another process has it, or WriteError.
RunClaim claim_run_directory(const std::string& path);

/// Checks once more, creates the directory and its parents and claims it; an earlier run's files are still in it.
/// Throws ConfigError, also where another process has it, or WriteError.
RunClaim create_run_directory(const std::string& path, bool force);

}  // namespace bnrun
