// Values that a quantity hands over, by name.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "train/quantities/quantity.h"

namespace bnrun {

/// Fails, and gives NaN, where there is none or more than one.
inline double value_of(const LayerValues& values, const std::string& quantity, std::int64_t layer = 1) {
    double found = std::numeric_limits<double>::quiet_NaN();
    int count = 0;
    for (const LayerValue& value : values) {
        if (value.quantity != quantity || value.layer != layer) continue;
        found = value.value;
        ++count;
    }
    EXPECT_EQ(count, 1) << quantity << " of layer " << layer;
    return found;
}

inline bool has_value(const LayerValues& values, const std::string& quantity) {
    for (const LayerValue& value : values) {
        if (value.quantity == quantity) return true;
    }
    return false;
}

}  // namespace bnrun
