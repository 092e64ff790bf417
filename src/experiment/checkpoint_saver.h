// Saves checkpoints beside the training that goes on: disk and checksum cost it no time.
#pragma once

#include <future>
#include <string>

#include "experiment/run_tables.h"
#include "train/checkpoint.h"

namespace bnrun {

class CheckpointSaver {
  public:
    /// Keeps references to the claim and the tables, which have to outlive it.
    CheckpointSaver(const RunClaim& claim, std::string config_sha256, std::string data_sha256, const RunTables& tables)
        : claim_(claim),
          config_sha256_(std::move(config_sha256)),
          data_sha256_(std::move(data_sha256)),
          tables_(tables) {}

    /// Whether the one before is on the disk. Throws WriteError where it could not be saved, as the next two do.
    bool is_free();

    /// Waits for the one before, then begins to save this one with the tables as they are now.
    void save(Checkpoint checkpoint);

    void finish();  ///< waits until all is on the disk

  private:
    const RunClaim& claim_;
    std::string config_sha256_;
    std::string data_sha256_;
    const RunTables& tables_;
    std::future<void> saving_;  // its destructor waits
};

}  // namespace bnrun
