// The shape of one sample's values, from the data on through the layers.
#pragma once

#include "math/matrix.h"

namespace bnrun {

/// Channels of images: value (channel, y, x) is number (channel * height + y) * width + x. A plain vector has as many
/// channels as values, each of one position.
struct Shape {
    Index channels = 0;
    Index height = 1;
    Index width = 1;

    constexpr Shape() = default;
    constexpr Shape(Index its_channels, Index its_height = 1,
                    Index its_width = 1)  // NOLINT(google-explicit-constructor)
        : channels(its_channels), height(its_height), width(its_width) {}

    [[nodiscard]] Index positions() const { return height * width; }
    [[nodiscard]] Index size() const { return channels * positions(); }
    bool operator==(const Shape&) const = default;
};

}  // namespace bnrun
