// One config becomes one run directory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/config.h"
#include "data/dataset.h"
#include "experiment/reporter.h"
#include "experiment/run_config.h"
#include "files/run_claim.h"

namespace bnrun {

struct RunOptions {
    std::optional<std::string> out;  ///< none: results/<name>
    bool force = false;
    int threads = 1;
    std::function<bool()> stop_requested;  ///< asked after every iteration
    bool resume = false;                   ///< go on with the run that is there, if one is
    bool data_moved = false;        ///< data.dir is where the data is now, whatever it was for the run that is there
    bool replaces_another = false;  ///< the run that is there is of another config
};

std::string run_directory(const Config& config, const RunOptions& options);

/// Trains, with every row on disk as soon as it is known. Throws Error: kDiverged and kInterrupted leave the tables
/// and a summary that says so. What fails before the run begins in its directory changes nothing there; what fails
/// between that and the first iteration leaves nothing of a new run, and a summary that says so where a run is resumed
/// or replaced. A resumed run ends with the files of one that was never interrupted.
void run_experiment(const Config& config, const RunOptions& options, Reporter& reporter);

/// Gives a run the data that it shares with others.
using DatasetSource = std::function<std::shared_ptr<const Dataset>(const Config&)>;

/// The same in a directory claimed already: goes on from its checkpoint of this config, or replaces what is there.
/// Whatever goes wrong, unless it is stopped before it begins, leaves config.json, run.log with the reason and a
/// summary that says so, but a run of another config as it is until a first iteration and a checkpoint have been tried.
/// Takes no `out`, `force` or `resume`.
void run_claimed(const RunConfig& config, const RunClaim& claim, const RunOptions& options, const DatasetSource& data,
                 Reporter& reporter);

}  // namespace bnrun
