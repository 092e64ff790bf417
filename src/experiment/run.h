// One config becomes one run directory.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/config.h"
#include "experiment/reporter.h"

namespace bnrun {

struct RunOptions {
    std::optional<std::string> out;  ///< none: results/<name>
    bool force = false;
    int threads = 1;
    std::function<bool()> stop_requested;  ///< asked after every iteration
};

std::string run_directory(const Config& config, const RunOptions& options);

/// Trains, with every row on disk as soon as it is known. Throws Error: kDiverged and kInterrupted leave the tables
/// and a summary that says so; whatever is found out before the first iteration leaves nothing at all.
void run_experiment(const Config& config, const RunOptions& options, Reporter& reporter);

}  // namespace bnrun
