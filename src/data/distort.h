// Distorts training images, anew for each epoch: moved by an affine map and by elastic displacements, then shaded.
#pragma once

#include <array>
#include <cstdint>

#include "base/config.h"
#include "data/displacements.h"
#include "math/random.h"
#include "math/shape.h"

namespace bnrun {

/// What an image becomes depends on seed, epoch and sample alone. Each number is drawn evenly from its range.
///
/// Pixel p of the result is the image at
///     q = c + A^-1 (p + e(p) - c - t),   A = turn · shear · scale,
/// interpolated linearly between four pixels, 0 outside of the image. c is the middle, (n - 1) / 2 of n pixels; t and A
/// are the shift and the affine map that the image goes through, y downwards; e are the elastic displacements. All
/// channels move alike.
///
/// Then v becomes contrast · (v - mean) + mean + brightness + noise, cut off at 0 and 1; the mean is the image's own,
/// the noise normal in each value. In float throughout.
class Distortion {
  public:
    Distortion(const DistortConfig& config, const Shape& shape, std::uint64_t seed);

    [[nodiscard]] bool is_on() const { return config_.is_on(); }

    /// The sample's values, 255 of which are 1, as the epoch has them. Several threads may call it at the same time.
    /// @param out as many values as the shape has
    void apply(const std::uint8_t* bytes, std::int64_t epoch, std::uint32_t sample, float* out) const;

  private:
    /// A place among the random numbers.
    struct Place {
        std::uint32_t epoch;
        std::uint32_t sample;
    };
    /// What is drawn once for an image.
    struct Draw {
        std::array<float, 4> inverse;  ///< A^-1, row by row
        float shift_x, shift_y;
        float contrast, brightness;
    };

    [[nodiscard]] Random stream(Stream purpose, const Place& place) const;
    [[nodiscard]] Draw draw(const Place& place) const;
    void resample(const std::uint8_t* bytes, const Draw& draw, const Place& place, float* out) const;
    void shade(const Draw& draw, const Place& place, float* image) const;

    DistortConfig config_;
    Shape shape_;
    std::uint64_t seed_;
    Displacements displacements_;
};

}  // namespace bnrun
