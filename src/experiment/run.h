// One config becomes one run directory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/config.h"
#include "data/dataset.h"
#include "experiment/reporter.h"
#include "io/run_claim.h"

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

/// Gives a run the data that it shares with others.
using DatasetSource = std::function<std::shared_ptr<const Dataset>(const Config&)>;

/// The same in a directory claimed already, cleared first. Whatever goes wrong leaves config.json, run.log with the
/// reason and a summary that says so. Takes no `out` and no `force`.
void run_claimed(const Config& config, const RunClaim& claim, const RunOptions& options, const DatasetSource& data,
                 Reporter& reporter);

}  // namespace bnrun
