// The range of a layer's outputs, taken panel by panel while they are in the cache.
#pragma once

#include <vector>

#include "math/panels.h"
#include "math/reduce.h"
#include "math/simd.h"

namespace bnrun {

/// Of the samples in a panel; what stands beyond them in a row does not count.
template <class T>
Range<T> range_of_panel(const Panels<T>& y, Index panel) {
    Range<T> range;
    vectorized([&] {
        const Index width = y.width(panel);
        if (y.count(panel) == width) {
            range = range_of(y.panel(panel), y.rows() * width);
            return;
        }
        for (Index unit = 0; unit < y.rows(); ++unit) {
            range.include(range_of(y.panel(panel) + unit * width, y.count(panel)));
        }
    });
    return range;
}

template <class T>
Range<T> whole_range(const std::vector<Range<T>>& panels) {
    Range<T> whole;
    for (const Range<T>& range : panels) whole.include(range);
    return whole;
}

}  // namespace bnrun
