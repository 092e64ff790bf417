// Elastic displacements of an image's pixels: Simard, Steinkraus and Platt, "Best practices for convolutional neural
// networks applied to visual document analysis", ICDAR 2003.
#pragma once

#include <cstdint>
#include <vector>

#include "base/config.h"
#include "math/matrix.h"

namespace bnrun {

/// Even from [-1, 1] for each pixel and axis, smoothed by a Gaussian of unit sum, times alpha. The Gaussian is cut off
/// at 4 sigma and meets zeros beyond the image's border. Of an alpha of 0, all are 0.
class Displacements {
  public:
    Displacements(const ElasticConfig& config, Index height, Index width, std::uint64_t seed);

    /// A row for each of the image's, `row_step` values apart: first those in x, then those in y. Another call by the
    /// same thread overwrites them.
    [[nodiscard]] const float* draw(std::uint32_t epoch, std::uint32_t sample) const;

    [[nodiscard]] Index row_step() const { return row_step_; }

  private:
    void draw_even(std::uint32_t epoch, std::uint32_t sample, float* field) const;
    void smooth(float* field) const;

    float alpha_;
    Index height_;
    Index width_;
    std::uint64_t seed_;
    Index row_step_;
    std::vector<float> weights_;  ///< of the Gaussian at a distance of 0, 1, … pixels
};

}  // namespace bnrun
