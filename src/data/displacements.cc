#include "data/displacements.h"

#include <algorithm>
#include <cmath>

#include "math/functions.h"
#include "math/random.h"
#include "math/simd.h"
#include "math/transpose.h"

namespace bnrun {

namespace {

constexpr double kCutOff = 4;    ///< standard deviations of the Gaussian
constexpr Index kTogether = 32;  ///< values of a row that are smoothed together; rows are filled up to a multiple

Index filled_up(Index count) { return (count + kTogether - 1) / kTogether * kTogether; }

/// Of unit sum over both sides.
std::vector<float> gaussian_weights(double sigma) {
    const auto radius = static_cast<Index>(std::ceil(kCutOff * sigma));
    std::vector<double> values;
    double sum = 0;
    for (Index distance = 0; distance <= radius; ++distance) {
        const double x = static_cast<double>(distance) / sigma;
        values.push_back(elementary::exp(-0.5 * x * x));
        sum += (distance == 0 ? 1 : 2) * values.back();
    }
    std::vector<float> weights;
    for (const double value : values) weights.push_back(static_cast<float>(value / sum));
    return weights;
}

/// out(y, x) = sum of weights[|y - k|] in(k, x) over the rows k, in their order, for x < kTogether.
inline void smooth_strip(const float* in, Index rows, Index step, const float* weights, Index radius, float* out) {
    for (Index y = 0; y < rows; ++y) {
        float sum[kTogether] = {};
        const Index end = std::min(rows, y + radius + 1);
        for (Index k = std::max<Index>(0, y - radius); k < end; ++k) {
            const float weight = weights[k < y ? y - k : k - y];
            const float* const row = in + k * step;
            for (Index x = 0; x < kTogether; ++x) sum[x] += weight * row[x];
        }
        for (Index x = 0; x < kTogether; ++x) out[y * step + x] = sum[x];
    }
}

/// The same for whole rows, of `step` values.
void smooth_columns(const float* in, Index rows, Index step, const std::vector<float>& weights, float* out) {
    const float* const first = weights.data();
    const auto radius = static_cast<Index>(weights.size()) - 1;
    vectorized([=] {
        for (Index x = 0; x < step; x += kTogether) smooth_strip(in + x, rows, step, first, radius, out + x);
    });
}

/// A value of (-scale, scale) from each half of a word: of `first` from the low one.
void even_values(const std::uint32_t* words, Index count, float scale, float* first, float* second) {
    vectorized([=] {
        const auto value = [=](std::uint32_t half) {
            return scale * static_cast<float>(2 * static_cast<std::int32_t>(half) - 65535) * 0x1p-16F;
        };
        for (Index i = 0; i < count; ++i) {
            first[i] = value(words[i] & 0xFFFF);
            second[i] = value(words[i] >> 16);
        }
    });
}

}  // namespace

Displacements::Displacements(const ElasticConfig& config, Index height, Index width, std::uint64_t seed)
    : alpha_(static_cast<float>(config.alpha)),
      height_(height),
      width_(width),
      seed_(seed),
      row_step_(filled_up(2 * width)) {
    if (config.alpha > 0) weights_ = gaussian_weights(config.sigma);
}

const float* Displacements::draw(std::uint32_t epoch, std::uint32_t sample) const {
    thread_local std::vector<float> field;
    if (weights_.empty()) {
        field.assign(static_cast<std::size_t>(height_ * row_step_), 0);
    } else {
        field.resize(static_cast<std::size_t>(height_ * row_step_));
        draw_even(epoch, sample, field.data());
        smooth(field.data());
    }
    return field.data();
}

void Displacements::draw_even(std::uint32_t epoch, std::uint32_t sample, float* field) const {
    thread_local std::vector<std::uint32_t> words;
    constexpr std::size_t kWords = 4 * kPhiloxGroup;
    const std::size_t groups = (static_cast<std::size_t>(height_ * width_) + kWords - 1) / kWords;
    words.resize(groups * kWords);
    philox_groups({0, epoch, sample, static_cast<std::uint32_t>(Stream::kDisplacement)},
                  {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}, groups, words.data());
    for (Index y = 0; y < height_; ++y) {
        float* const row = field + y * row_step_;
        even_values(words.data() + y * width_, width_, alpha_, row, row + width_);
    }
}

/// Along columns, then, turned over, along rows.
void Displacements::smooth(float* field) const {
    thread_local std::vector<float> smoothed;
    thread_local std::vector<float> turned;
    const Index turned_step = filled_up(height_);
    const auto size = static_cast<std::size_t>(std::max(height_ * row_step_, 2 * width_ * turned_step));
    smoothed.resize(size);
    turned.resize(size);
    smooth_columns(field, height_, row_step_, weights_, smoothed.data());
    transpose(smoothed.data(), row_step_, height_, 2 * width_, turned.data(), turned_step);
    for (const Index half : {Index{0}, width_ * turned_step}) {
        smooth_columns(turned.data() + half, width_, turned_step, weights_, smoothed.data() + half);
    }
    transpose(smoothed.data(), turned_step, 2 * width_, height_, field, row_step_);
}

}  // namespace bnrun
