// The values of panels without what stands beyond the batch's samples.
#pragma once

#include <algorithm>
#include <vector>

#include "math/panels.h"

namespace bnrun {

/// Every value once, in an order that depends on the shape only.
template <class T>
void gather_values(const Panels<T>& panels, std::vector<T>& values) {
    values.resize(static_cast<std::size_t>(panels.rows() * panels.columns()));
    T* to = values.data();
    for (Index p = 0; p < panels.panels(); ++p) {
        const Index width = panels.width(p);
        const Index count = panels.count(p);
        if (count == width) {
            to = std::copy_n(panels.panel(p), panels.rows() * width, to);
            continue;
        }
        for (Index unit = 0; unit < panels.rows(); ++unit) to = std::copy_n(panels.panel(p) + unit * width, count, to);
    }
}

}  // namespace bnrun
