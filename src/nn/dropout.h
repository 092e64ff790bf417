// Inverted dropout (Srivastava et al. 2014) whose mask depends on nothing but seed, step, layer, unit and sample.
#pragma once

#include <cstdint>

#include "base/types.h"

namespace bnrun {

/// Where in a run a mask is drawn.
struct DropoutPlace {
    std::uint64_t seed = 0;
    std::uint64_t step = 0;   ///< iterations since the run began
    std::uint32_t layer = 0;  ///< at most 65535, as are units
};

/// Fills rows of mask (units, batch): 0 where a unit's output is dropped, else 1 / (1 - fraction).
template <class T>
void draw_dropout_mask(const DropoutPlace& place, double fraction, Matrix<T>& mask, Rows rows);

}  // namespace bnrun
