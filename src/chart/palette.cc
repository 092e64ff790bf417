#include "chart/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace bnrun {
namespace {

using Rgb = std::array<double, 3>;

/// Viridis at every eighth of its length; between them it is nearly straight.
constexpr std::array<Rgb, 9> kAnchors{{{68, 1, 84},
                                       {71, 45, 123},
                                       {59, 82, 139},
                                       {44, 114, 142},
                                       {33, 145, 140},
                                       {40, 174, 128},
                                       {94, 201, 98},
                                       {173, 220, 48},
                                       {253, 231, 37}}};

constexpr double kFaintest = 0.3;  ///< of the last layer's line, on light and on dark ground

}  // namespace

std::string ramp_colour(double place) {
    const double scaled = std::clamp(place, 0.0, 1.0) * static_cast<double>(kAnchors.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(scaled), kAnchors.size() - 2);
    const double share = scaled - static_cast<double>(below);
    std::array<int, 3> mixed{};
    for (std::size_t c = 0; c < mixed.size(); ++c) {
        mixed[c] =
            static_cast<int>(std::lround(kAnchors[below][c] + share * (kAnchors[below + 1][c] - kAnchors[below][c])));
    }
    return fmt::format("#{:02x}{:02x}{:02x}", mixed[0], mixed[1], mixed[2]);
}

std::string layer_class(std::size_t layer, std::size_t layers) {
    const std::size_t steps = std::max<std::size_t>(layers, 2) - 1;
    return fmt::format("v{}", layer * (kLayerShades - 1) / steps);
}

std::string layer_rules() {
    std::string text;
    for (std::size_t i = 0; i < kLayerShades; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(kLayerShades - 1);
        text += fmt::format(".v{}{{stroke-opacity:{:.2f}}}", i, 1 - share * (1 - kFaintest));
    }
    return text + "\n";
}

}  // namespace bnrun
