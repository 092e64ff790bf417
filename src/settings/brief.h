// A config in few words: what of it is not the default, and what one asks for first.
#pragma once

#include <string>

#include "base/config.h"
#include "settings/diff.h"

namespace bnrun {

/// The keys whose values are not the defaults, in the order of the reference page; the name is left out. Defaults of a
/// normalization are its kind's.
ConfigValues changed_settings(const Config& config);

/// `10x200 sigmoid, batch, rmsprop 4e-05, 1 epoch, seed 1`: net, activation, normalization, optimizer with its learning
/// rate, length, seed; data, dropout and the like only where they are not the default.
std::string in_short(const Config& config);

}  // namespace bnrun
