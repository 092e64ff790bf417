// The learning rate of each iteration, from nothing but the config and how many iterations went before it.
#pragma once

#include <cstdint>

#include "base/config.h"

namespace bnrun {

/// Of the next epoch. epoch_factor: rate learning_rate_decay, but no lower than min_learning_rate; that floor does not
/// raise a rate that began below it. The others count iterations, and keep the rate they start from.
double rate_of_next_epoch(const TrainConfig& config, double rate);

/// Of an iteration before which the run had t others, of `all`:
/// epoch_factor, constant: rate. step: rate factor^n, where n of `iterations` are at most t.
/// inverse (as Caffe's "inv"): rate (1 + gamma t)^-power.
/// cosine (Loshchilov and Hutter 2017): floor + (rate - floor) (1 + cos(pi t / all)) / 2, floor the lower one of
/// min_learning_rate and rate. All but epoch_factor and cosine are without a floor.
/// In the first warm_up iterations, this times (t + 1) / warm_up: on a line from 0.
/// @param rate of the epoch. @param t at least 0, below all.
double rate_of_iteration(const TrainConfig& config, double rate, std::int64_t t, std::int64_t all);

}  // namespace bnrun
