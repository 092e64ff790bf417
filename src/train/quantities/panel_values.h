// The values of panels without what stands beyond the batch's samples.
#pragma once

#include <algorithm>
#include <vector>

#include "math/panels.h"

namespace bnrun {

/// Every value once, in an order that depends on the shape only: where the last panel has no room to spare, as they
/// stand. @param room where they are copied to otherwise
template <class T>
const T* values_of(const Panels<T>& panels, std::vector<T>& room) {
    const Index last = panels.panels() - 1;
    if (panels.count(last) == panels.width(last)) return panels.panel(0);
    room.resize(static_cast<std::size_t>(panels.rows() * panels.columns()));
    T* to = room.data();
    for (Index p = 0; p < last; ++p) to = std::copy_n(panels.panel(p), panels.rows() * panels.width(p), to);
    for (Index unit = 0; unit < panels.rows(); ++unit) {
        to = std::copy_n(panels.panel(last) + unit * panels.width(last), panels.count(last), to);
    }
    return room.data();
}

}  // namespace bnrun
