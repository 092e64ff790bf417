// What an interrupted run goes on from, found in its directory.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "data/dataset.h"
#include "experiment/reporter.h"
#include "experiment/run_config.h"
#include "files/checkpoint.h"
#include "train/checkpoint.h"

namespace bnrun {

struct ResumePoint {
    Checkpoint checkpoint;
    TrainingProgress progress;
    std::map<std::string, TableMark> tables;
};

/// One name for all of the data.
std::string data_sha256(const Dataset& dataset);

/// Whether the directory's run of this config is done, which is then reported. Throws ConfigError where it is a run of
/// another config, and Error(kDiverged) where it ended that way.
bool is_finished(const std::string& directory, const RunConfig& config, Reporter& reporter);

/// The newest checkpoint that is whole, of this config and data, and fits the tables; reports which one it is, and why
/// a newer one is refused. None where there is no checkpoint. Throws DataError where there are, but none can be used.
std::optional<ResumePoint> find_resume_point(const std::string& directory, const RunConfig& config,
                                             const Dataset& dataset, Reporter& reporter);

/// How far the newest checkpoint that can be read is, whatever it is of; the beginning where there is none.
TrainingProgress saved_progress(const std::string& directory);

}  // namespace bnrun
