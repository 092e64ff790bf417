// The training loop: hands each iteration and epoch to a listener, and knows neither files nor terminals.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/config.h"
#include "base/record.h"
#include "base/tensor.h"
#include "data/dataset.h"
#include "math/thread_team.h"
#include "train/checkpoint.h"

namespace bnrun {

class TrainingListener {
  public:
    virtual ~TrainingListener() = default;
    virtual void on_iteration(const IterationRecord& record) = 0;  ///< every iteration, observed or not
    virtual void on_epoch(const EpochRecord& record) = 0;
    /// The model that an iteration of log.snapshots has left, before the call for the iteration.
    virtual void on_snapshot(IterationPlace /*at*/, TensorMap&& /*model*/) {}
    virtual bool stop_requested() = 0;                 ///< asked after every iteration
    virtual bool takes_checkpoint() { return false; }  ///< asked where one is due
    virtual void on_checkpoint(Checkpoint&&) {}        ///< where one is taken, and before a stop
};

enum class Outcome { kDone, kDiverged, kInterrupted };

struct TrainResult {
    Outcome outcome = Outcome::kDone;
    std::string divergence;      ///< what is not finite, in words, where training diverged
    std::int64_t epoch = 0;      ///< the last one worked on
    std::int64_t iteration = 0;  ///< the last one worked on
    std::int64_t samples = 0;    ///< trained by this call
    TensorMap model;             ///< `layers.I.weight` (out, in), `.bias`, with BN `.gamma` `.beta` `.mean` `.variance`
};

/// Training that has all it needs: the data transformed, network and optimizer in memory, values to start from.
class ReadyTraining {
  public:
    virtual ~ReadyTraining() = default;
    /// An iteration, an evaluation's first batch and a checkpoint: throws where there is no memory for one of them.
    /// Changes nothing of what follows. @return the checkpoint
    virtual Checkpoint try_steps() = 0;
    virtual TrainResult run(TrainingListener& listener) = 0;  ///< once
};

/// Keeps references to config, dataset and team.
/// @param initial values to start from, or empty for the config's scheme. Throws DataError where they do not fit
/// (naming init.from's file) and ConfigError where the data is too small for the config.
/// @param checkpoint to go on from instead: what follows is what would have followed without a break.
std::unique_ptr<ReadyTraining> prepare_training(const Config& config, const Dataset& dataset, const TensorMap& initial,
                                                ThreadTeam& team, const Checkpoint* checkpoint = nullptr);

/// Prepares it and runs it.
TrainResult train(const Config& config, const Dataset& dataset, const TensorMap& initial, ThreadTeam& team,
                  TrainingListener& listener, const Checkpoint* checkpoint = nullptr);

}  // namespace bnrun
