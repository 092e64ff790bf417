// What an earlier process left in a run's directory, as seen by a config.
#pragma once

#include <string>

#include "experiment/run_config.h"
#include "files/summary.h"

namespace bnrun {

struct StoredRun {
    /// Of its summary; the status is empty where there is none. A summary that says `done` beside a checkpoint, but no
    /// model that the config asks for, or without a config, is that of a run to be gone on with, `running`. A model
    /// that was removed from a finished run, which has no checkpoint, does not change what it is.
    StoredResult result;
    bool is_there = false;  ///< whether there is a summary or a config
    bool is_of_config =
        false;  ///< by config.json and summary, if that tells; or about to replace another run when it was ended
    bool has_checkpoint = false;
    bool has_trained = false;  ///< at least one iteration, as far as summary and checkpoint tell
};

StoredRun read_stored_run(const std::string& directory, const RunConfig& config);

}  // namespace bnrun
