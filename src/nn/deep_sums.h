// Where mean-field theory begins where the data is not known: deep in a net of equal layers.
#pragma once

#include "nn/dense_field.h"

namespace bnrun {

/// The kernel of sums W x + b that stays as it is from layer to layer, in a net whose layers normalize and activate as
/// `first` and multiply by weights as `next`. Samples are alike where chi is at most 1, and else as far apart as they
/// stay. q is 1 where there is none that stays but 0.
Kernel deep_sums(const LayerPlan& first, const LayerPlan& next, const BatchPairs& pairs);

}  // namespace bnrun
