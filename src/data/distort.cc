#include "data/distort.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "math/functions.h"
#include "math/reduce.h"
#include "math/simd.h"

namespace bnrun {

namespace {

constexpr Index kFrame = 3;  ///< background about an image: a pixel before it, and two after it

/// The bytes over 255, a frame about each channel, and the channels one after the other. The caller's until the
/// thread's next call.
const float* put_in_frames(const std::uint8_t* bytes, const Shape& shape) {
    thread_local std::vector<float> frames;
    const Index step = shape.width + kFrame;
    const Index rows = shape.height + kFrame;
    frames.assign(static_cast<std::size_t>(shape.channels * rows * step), 0);
    vectorized([=, framed = frames.data()] {
        for (Index c = 0; c < shape.channels; ++c) {
            for (Index y = 0; y < shape.height; ++y) {
                float* const row = framed + (c * rows + y + 1) * step + 1;
                const std::uint8_t* const from = bytes + (c * shape.height + y) * shape.width;
                for (Index x = 0; x < shape.width; ++x) row[x] = static_cast<float>(from[x]) / 255.0F;
            }
        }
    });
    return frames.data();
}

/// How a row of the result is found.
struct RowMap {
    std::array<float, 4> inverse;
    float x_start, y_start;  ///< its first pixel, from the middle and shift on
    float x_middle, y_middle;
    float x_most, y_most;  ///< the frame's last place but one
    std::int32_t count;
};

/// Where its pixels come from: the place of the upper left of four, counted from the frame's corner, and the shares of
/// those to its right and below.
struct Sources {
    std::int32_t* x;
    std::int32_t* y;
    float* right;
    float* below;
};

/// The caller's until the thread's next call.
Sources room_for_row(Index width) {
    thread_local std::vector<std::int32_t> places;
    thread_local std::vector<float> shares;
    places.resize(static_cast<std::size_t>(2 * width));
    shares.resize(static_cast<std::size_t>(2 * width));
    return {places.data(), places.data() + width, shares.data(), shares.data() + width};
}

/// Not a number becomes 0.
inline float within(float position, float most) {
    const float at_least = position > 0 ? position : 0;
    return at_least < most ? at_least : most;
}

inline void find_sources(RowMap map, const float* x_moved, const float* y_moved, Sources to) {
    const auto [xx, xy, yx, yy] = map.inverse;
    BNRUN_INDEPENDENT_TURNS
    for (std::int32_t i = 0; i < map.count; ++i) {
        const float dx = map.x_start + static_cast<float>(i) + x_moved[i];
        const float dy = map.y_start + y_moved[i];
        const float x = within(map.x_middle + (xx * dx + xy * dy) + 1, map.x_most);
        const float y = within(map.y_middle + (yx * dx + yy * dy) + 1, map.y_most);
        const auto whole_x = static_cast<std::int32_t>(x);
        const auto whole_y = static_cast<std::int32_t>(y);
        to.x[i] = whole_x;
        to.y[i] = whole_y;
        to.right[i] = x - static_cast<float>(whole_x);
        to.below[i] = y - static_cast<float>(whole_y);
    }
}

void interpolate(const float* framed, Index step, const Sources& sources, Index count, float* out) {
    for (Index i = 0; i < count; ++i) {
        const float* const upper = framed + sources.y[i] * step + sources.x[i];
        const float* const lower = upper + step;
        const float top = upper[0] + sources.right[i] * (upper[1] - upper[0]);
        const float bottom = lower[0] + sources.right[i] * (lower[1] - lower[0]);
        out[i] = top + sources.below[i] * (bottom - top);
    }
}

}  // namespace

Distortion::Distortion(const DistortConfig& config, const Shape& shape, std::uint64_t seed)
    : config_(config), shape_(shape), seed_(seed), displacements_(config.elastic, shape.height, shape.width, seed) {}

Random Distortion::stream(Stream purpose, const Place& place) const {
    return {seed_, purpose, place.sample, place.epoch};
}

/// A = turn · shear · scale = [c -s; s c] [1 h; 0 1] [u 0; 0 v], whose inverse is
/// [1/u 0; 0 1/v] [1 -h; 0 1] [c s; -s c]. All eight are always drawn, so that none depends on another's range.
Distortion::Draw Distortion::draw(const Place& place) const {
    Random random = stream(Stream::kDistortion, place);
    const auto from = [&](double range) { return range * (2 * random.uniform() - 1); };
    const auto [s, c] = elementary::sine_cosine(from(config_.rotate) * (std::numbers::pi / 180));
    const double u = 1 + from(config_.scale);
    const double v = 1 + from(config_.scale);
    const double h = from(config_.shear);
    const double shift_x = from(config_.shift);
    const double shift_y = from(config_.shift);
    const double contrast = 1 + from(config_.contrast);
    const double brightness = from(config_.brightness);
    const auto rounded = [](double value) { return static_cast<float>(value); };
    return {{rounded((c + h * s) / u), rounded((s - h * c) / u), rounded(-s / v), rounded(c / v)},
            rounded(shift_x),
            rounded(shift_y),
            rounded(contrast),
            rounded(brightness)};
}

void Distortion::resample(const std::uint8_t* bytes, const Draw& draw, const Place& place, float* out) const {
    const Index height = shape_.height;
    const Index width = shape_.width;
    const Index step = width + kFrame;
    const float* const framed = put_in_frames(bytes, shape_);
    const Sources sources = room_for_row(width);
    const float* const displaced = displacements_.draw(place.epoch, place.sample);
    const float x_middle = static_cast<float>(width - 1) / 2;
    const float y_middle = static_cast<float>(height - 1) / 2;
    for (Index y = 0; y < height; ++y) {
        const RowMap map{draw.inverse,
                         -(x_middle + draw.shift_x),
                         static_cast<float>(y) - (y_middle + draw.shift_y),
                         x_middle,
                         y_middle,
                         static_cast<float>(width + 1),
                         static_cast<float>(height + 1),
                         static_cast<std::int32_t>(width)};
        const float* const x_moved = displaced + y * displacements_.row_step();
        vectorized([=] { find_sources(map, x_moved, x_moved + map.count, sources); });
        for (Index c = 0; c < shape_.channels; ++c) {
            interpolate(framed + c * (height + kFrame) * step, step, sources, width, out + (c * height + y) * width);
        }
    }
}

void Distortion::shade(const Draw& draw, const Place& place, float* image) const {
    const Index size = shape_.size();
    const float mean = lane_sum<float>(size, [=](Index i) { return image[i]; }) / static_cast<float>(size);
    const auto deviation = static_cast<float>(config_.noise);
    Random noise = stream(Stream::kNoise, place);
    for (Index i = 0; i < size; ++i) {
        const float added = deviation > 0 ? deviation * static_cast<float>(noise.normal()) : 0;
        const float value = draw.contrast * (image[i] - mean) + mean + draw.brightness + added;
        image[i] = std::clamp(value, 0.0F, 1.0F);
    }
}

void Distortion::apply(const std::uint8_t* bytes, std::int64_t epoch, std::uint32_t sample, float* out) const {
    const Place place{static_cast<std::uint32_t>(epoch), sample};
    const Draw drawn = draw(place);
    if (config_.moves()) {
        resample(bytes, drawn, place, out);
    } else {
        for (Index i = 0; i < shape_.size(); ++i) out[i] = static_cast<float>(bytes[i]) / 255.0F;
    }
    if (config_.shades()) shade(drawn, place, out);
}

}  // namespace bnrun
