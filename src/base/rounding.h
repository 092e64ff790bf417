// Rounds results to the precision of a run without losing those that it cannot hold.
#pragma once

#include <cmath>

namespace bnrun {

/// To T's precision where T has all of it; a value beyond T's range, or among its subnormal numbers, stays as it is.
template <class T, class Wide>
Wide rounded_to(Wide value) {
    const T rounded = static_cast<T>(value);
    return std::isnormal(rounded) ? static_cast<Wide>(rounded) : value;
}

}  // namespace bnrun
