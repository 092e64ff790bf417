// What training goes on from: every number that it carries from one iteration to the next, by name.
#pragma once

#include "base/config.h"
#include "base/record.h"
#include "base/tensor.h"
#include "data/dataset.h"
#include "nn/state_exchange.h"

namespace bnrun {

/// How far training is. What is drawn at random depends on the seed, the epoch and the step only.
struct TrainingProgress {
    std::int64_t epoch = 1;      ///< the one worked on
    std::int64_t iteration = 0;  ///< done, of that epoch
    std::int64_t step = 0;       ///< iterations done, of all epochs
    double learning_rate = 0;    ///< of the epoch, before what its iteration makes of it
    double loss_sum = 0;         ///< over the epoch's samples so far
    std::int64_t wrong = 0;
    std::int64_t seen = 0;
    EpochRecord last;  ///< the last epoch completed; its number is 0 where there is none
};

void exchange_progress(StateExchange& exchange, TrainingProgress& progress);

/// Progress and model, BN's sums and averages, and the optimizer's state.
struct Checkpoint {
    TensorMap state;

    /// Throws DataError where it is not in the state.
    [[nodiscard]] TrainingProgress progress() const;
};

/// Throws DataError, in words that follow a file's name, unless training of this config can go on from the checkpoint.
void check_checkpoint(const Config& config, const Dataset& dataset, const Checkpoint& checkpoint);

}  // namespace bnrun
