// The order in which an epoch's samples are trained, and where its batches begin.
#pragma once

#include <cstdint>
#include <vector>

#include "base/config.h"
#include "math/matrix.h"

namespace bnrun {

/// Sample numbers of one epoch (from 1): the file's order, or a permutation (Fisher-Yates) fixed by seed and epoch.
std::vector<std::uint32_t> epoch_order(Index samples, Order order, std::uint64_t seed, std::int64_t epoch);

/// Batches in an epoch. The last is smaller where samples is no multiple of batch_size, and is left out where it
/// would hold fewer than `smallest` samples (2 with batch normalization).
Index batch_count(Index samples, Index batch_size, Index smallest);
/// The same of a config.
Index batch_count(const Config& config, Index samples);

}  // namespace bnrun
