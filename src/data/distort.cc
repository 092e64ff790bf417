#include "data/distort.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/functions.h"
#include "math/reduce.h"
#include "math/simd.h"
#include "math/transpose.h"

namespace bnrun {

namespace {

constexpr double kCutOff = 4;    ///< standard deviations of the Gaussian
constexpr Index kFrame = 3;      ///< background about an image: a pixel before it, and two after it
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

/// The bytes over 255, with the frame about them.
void put_in_frame(const std::uint8_t* bytes, Index height, Index width, float* framed) {
    const Index step = width + kFrame;
    std::fill_n(framed, (height + kFrame) * step, 0.0F);
    vectorized([=] {
        for (Index y = 0; y < height; ++y) {
            float* const row = framed + (y + 1) * step + 1;
            const std::uint8_t* const from = bytes + y * width;
            for (Index x = 0; x < width; ++x) row[x] = static_cast<float>(from[x]) / 255.0F;
        }
    });
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

/// Room that a thread keeps, for each purpose.
template <int purpose, class T = float>
T* room(Index count) {
    thread_local std::vector<T> values;
    if (values.size() < static_cast<std::size_t>(count)) values.resize(static_cast<std::size_t>(count));
    return values.data();
}

}  // namespace

Distortion::Distortion(const DistortConfig& config, const Shape& shape, std::uint64_t seed)
    : config_(config), shape_(shape), seed_(seed), field_step_(filled_up(2 * shape.width)) {
    if (config.elastic.alpha > 0) weights_ = gaussian_weights(config.elastic.sigma);
}

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

/// In each row those in x, then those in y.
const float* Distortion::displacements(const Place& place) const {
    const Index height = shape_.height;
    const Index width = shape_.width;
    float* const field = room<0>(height * field_step_);
    if (weights_.empty()) {
        std::fill_n(field, height * field_step_, 0.0F);
        return field;
    }
    constexpr auto kWords = static_cast<Index>(4 * kPhiloxGroup);
    const Index groups = (height * width + kWords - 1) / kWords;
    auto* const words = room<1, std::uint32_t>(groups * kWords);
    philox_groups({0, place.epoch, place.sample, static_cast<std::uint32_t>(Stream::kDisplacement)},
                  {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)},
                  static_cast<std::size_t>(groups), words);
    for (Index y = 0; y < height; ++y) {
        float* const row = field + y * field_step_;
        even_values(words + y * width, width, static_cast<float>(config_.elastic.alpha), row, row + width);
    }
    smooth(field);
    return field;
}

/// Along columns, then, turned over, along rows.
void Distortion::smooth(float* field) const {
    const Index height = shape_.height;
    const Index width = shape_.width;
    const Index turned_step = filled_up(height);
    const Index size = std::max(height * field_step_, 2 * width * turned_step);
    float* const smoothed = room<2>(size);
    float* const turned = room<3>(size);
    smooth_columns(field, height, field_step_, weights_, smoothed);
    transpose(smoothed, field_step_, height, 2 * width, turned, turned_step);
    for (const Index half : {Index{0}, width * turned_step}) {
        smooth_columns(turned + half, width, turned_step, weights_, smoothed + half);
    }
    transpose(smoothed, turned_step, 2 * width, height, field, field_step_);
}

void Distortion::resample(const std::uint8_t* bytes, const Draw& draw, const float* displacements, float* out) const {
    const Index height = shape_.height;
    const Index width = shape_.width;
    const Index step = width + kFrame;
    const Index plane = (height + kFrame) * step;
    float* const framed = room<4>(shape_.channels * plane);
    for (Index c = 0; c < shape_.channels; ++c) {
        put_in_frame(bytes + c * height * width, height, width, framed + c * plane);
    }
    const Sources sources{room<5, std::int32_t>(width), room<6, std::int32_t>(width), room<7>(width), room<8>(width)};
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
        const float* const x_moved = displacements + y * field_step_;
        vectorized([=] { find_sources(map, x_moved, x_moved + map.count, sources); });
        for (Index c = 0; c < shape_.channels; ++c) {
            interpolate(framed + c * plane, step, sources, width, out + (c * height + y) * width);
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
        resample(bytes, drawn, displacements(place), out);
    } else {
        for (Index i = 0; i < shape_.size(); ++i) out[i] = static_cast<float>(bytes[i]) / 255.0F;
    }
    if (config_.shades()) shade(drawn, place, out);
}

}  // namespace bnrun
