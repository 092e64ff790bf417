#include "data/synthetic.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/sha256.h"
#include "math/random.h"

namespace bnrun {

namespace {

constexpr Index kSide = 28;
constexpr Index kPixels = kSide * kSide;
constexpr std::int64_t kTrainSamples = 60000;
constexpr std::int64_t kTestSamples = 10000;

struct Point {
    double x;
    double y;
};
using Stroke = std::vector<Point>;

/// Strokes of each digit in a box of 1 x 1, y downward.
const std::array<std::vector<Stroke>, 10>& digit_strokes() {
    static const std::array<std::vector<Stroke>, 10> strokes{{
        {{{.5, 0}, {.2, .12}, {.06, .4}, {.1, .75}, {.35, 1}, {.65, .97}, {.9, .72}, {.94, .35}, {.78, .08}, {.5, 0}}},
        {{{.3, .2}, {.55, 0}, {.5, .5}, {.48, 1}}},
        {{{.1, .22}, {.3, .02}, {.65, 0}, {.88, .2}, {.8, .45}, {.45, .72}, {.1, .98}, {.5, .95}, {.95, .97}}},
        {{{.12, .1}, {.45, 0}, {.8, .1}, {.82, .32}, {.42, .47}, {.85, .6}, {.88, .85}, {.5, 1}, {.1, .9}}},
        {{{.3, .0}, {.2, .28}, {.1, .55}, {.5, .55}, {.92, .52}}, {{.72, .1}, {.68, .5}, {.64, 1}}},
        {{{.85, .02}, {.25, .04}, {.2, .42}, {.55, .38}, {.87, .55}, {.85, .82}, {.5, 1}, {.1, .92}}},
        {{{.72, .0}, {.38, .22}, {.14, .6}, {.2, .9}, {.5, 1}, {.82, .85}, {.8, .6}, {.5, .5}, {.18, .68}}},
        {{{.08, .08}, {.5, .04}, {.92, .05}, {.7, .4}, {.52, .7}, {.4, 1}}},
        {{{.5, .48},
          {.2, .3},
          {.25, .07},
          {.5, 0},
          {.78, .08},
          {.8, .28},
          {.5, .48},
          {.16, .7},
          {.22, .93},
          {.5, 1},
          {.8, .92},
          {.85, .7},
          {.5, .48}}},
        {{{.82, .3}, {.5, .5}, {.2, .38}, {.2, .12}, {.5, 0}, {.78, .08}, {.84, .3}, {.78, .65}, {.62, 1}}},
    }};
    return strokes;
}

/// A sample's own slant, size, place and pen.
struct Hand {
    double xx, xy, yx, yy;  ///< linear map of the unit box's offset from its centre, in pixels
    double left, top;
    double radius;
    double ink;
    double wobble;

    explicit Hand(Random& random) {
        const auto spread = [&](double middle, double width) { return middle + width * (2 * random.uniform() - 1); };
        const double height = spread(18, 3.5);
        const double width = height * spread(0.68, 0.22);
        const double slant = spread(0.18, 0.38);
        const double turn = spread(0, 0.3);
        xx = width;
        xy = -height * slant;
        yx = width * turn;
        yy = height;
        left = spread(13.5, 1.6);
        top = spread(13.5, 1.6);
        radius = spread(1.35, 0.5);
        ink = spread(0.9, 0.1);
        wobble = 0.065;
    }
};

double distance_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double square = dx * dx + dy * dy;
    const double along = square == 0 ? 0 : std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0);
    const double x = p.x - (a.x + along * dx);
    const double y = p.y - (a.y + along * dy);
    return std::sqrt(x * x + y * y);
}

/// Darkens the pixels near one segment; the edge fades over one pixel.
void draw_segment(Point a, Point b, const Hand& hand, std::uint8_t* image) {
    const double reach = hand.radius + 1;
    const auto low = [&](double u, double v) { return std::max(0, static_cast<int>(std::min(u, v) - reach)); };
    const auto high = [&](double u, double v) {
        return std::min(static_cast<int>(kSide) - 1, static_cast<int>(std::max(u, v) + reach) + 1);
    };
    for (int y = low(a.y, b.y); y <= high(a.y, b.y); ++y) {
        for (int x = low(a.x, b.x); x <= high(a.x, b.x); ++x) {
            const double distance = distance_to_segment({double(x), double(y)}, a, b);
            const double cover = std::clamp(hand.radius + 0.5 - distance, 0.0, 1.0);
            const auto value = static_cast<std::uint8_t>(std::lround(255 * hand.ink * cover));
            image[y * kSide + x] = std::max(image[y * kSide + x], value);
        }
    }
}

void draw_sample(Random& random, std::uint8_t* image, std::uint8_t& label) {
    label = static_cast<std::uint8_t>(random.below(10));
    const Hand hand(random);
    for (const Stroke& stroke : digit_strokes()[label]) {
        Point last{};
        for (std::size_t i = 0; i < stroke.size(); ++i) {
            const double u = stroke[i].x - 0.5 + hand.wobble * random.normal();
            const double v = stroke[i].y - 0.5 + hand.wobble * random.normal();
            const Point at{hand.left + hand.xx * u + hand.xy * v, hand.top + hand.yx * u + hand.yy * v};
            if (i > 0) draw_segment(last, at, hand, image);
            last = at;
        }
    }
}

Split draw_split(std::uint64_t seed, std::int64_t samples, std::int64_t first_number) {
    Split split;
    split.images.resize(static_cast<std::size_t>(samples * kPixels));
    split.labels.resize(static_cast<std::size_t>(samples));
    for (std::int64_t i = 0; i < samples; ++i) {
        Random random(seed, Stream::kData, static_cast<std::uint32_t>(first_number + i));
        draw_sample(random, split.images.data() + i * kPixels, split.labels[static_cast<std::size_t>(i)]);
    }
    return split;
}

}  // namespace

Dataset draw_synthetic(const Config& config) {
    const auto seed = static_cast<std::uint64_t>(config.seed);
    Dataset dataset;
    dataset.shape = {1, kSide, kSide};
    dataset.classes = 10;
    dataset.train = draw_split(seed, std::min(kTrainSamples, config.data.train_samples.value_or(kTrainSamples)), 0);
    dataset.test =
        draw_split(seed, std::min(kTestSamples, config.data.test_samples.value_or(kTestSamples)), kTrainSamples);
    const auto note = [&](const char* name, const Bytes& bytes) {
        dataset.sha256[name] = sha256_text(bytes.data(), bytes.size());
    };
    note("train-images-idx3-ubyte", dataset.train.images);
    note("train-labels-idx1-ubyte", dataset.train.labels);
    note("t10k-images-idx3-ubyte", dataset.test.images);
    note("t10k-labels-idx1-ubyte", dataset.test.labels);
    return dataset;
}

}  // namespace bnrun
