#include "data/distort.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace bnrun {
namespace {

const Shape kImage{1, 28, 28};

std::vector<std::uint8_t> random_bytes(const Shape& shape, std::uint32_t number) {
    Random random(5, Stream::kCheck, number);
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(shape.size()));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.below(256));
    return bytes;
}

/// A bright square of 3 by 3 pixels about (x, y), in the dark.
std::vector<std::uint8_t> spot(Index x, Index y) {
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(kImage.size()));
    for (Index dy = -1; dy <= 1; ++dy) {
        for (Index dx = -1; dx <= 1; ++dx) bytes[static_cast<std::size_t>((y + dy) * kImage.width + x + dx)] = 255;
    }
    return bytes;
}

std::vector<float> distorted(const DistortConfig& config, const std::vector<std::uint8_t>& bytes, std::int64_t epoch,
                             std::uint32_t sample, const Shape& shape = kImage, std::uint64_t seed = 7) {
    std::vector<float> image(bytes.size());
    Distortion(config, shape, seed).apply(bytes.data(), epoch, sample, image.data());
    return image;
}

struct Mass {
    double x = 0, y = 0, total = 0;
};

/// Centre of mass from the middle of the image.
Mass mass_of(const std::vector<float>& image) {
    Mass mass;
    for (Index i = 0; i < kImage.size(); ++i) {
        const double value = image[static_cast<std::size_t>(i)];
        mass.total += value;
        mass.x += value * (static_cast<double>(i % kImage.width) - 13.5);
        mass.y += value * (static_cast<double>(i / kImage.width) - 13.5);
    }
    mass.x /= mass.total;
    mass.y /= mass.total;
    return mass;
}

struct Moments {
    double mean = 0, deviation = 0, least = 0, most = 0;
};

/// Of what `measure` finds for each of 600 samples.
template <class Measure>
Moments moments(const Measure& measure) {
    std::vector<double> values;
    for (std::uint32_t sample = 0; sample < 600; ++sample) values.push_back(measure(sample));
    Moments found;
    const auto count = static_cast<double>(values.size());
    found.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    for (const double value : values) found.deviation += (value - found.mean) * (value - found.mean) / count;
    found.deviation = std::sqrt(found.deviation);
    found.least = *std::min_element(values.begin(), values.end());
    found.most = *std::max_element(values.begin(), values.end());
    return found;
}

/// Even between -range and range.
void expect_even(const Moments& found, double range) {
    EXPECT_NEAR(found.mean, 0, 0.08 * range);
    EXPECT_NEAR(found.deviation, range / std::numbers::sqrt3, 0.05 * range);
    EXPECT_GE(found.least, -1.001 * range);
    EXPECT_LE(found.most, 1.001 * range);
    EXPECT_LT(found.least, -0.98 * range);
    EXPECT_GT(found.most, 0.98 * range);
}

TEST(Distortion, IsOffByDefaultAndOnWithEachOfItsKeys) {
    const auto is_on = [](const DistortConfig& config) { return Distortion(config, kImage, 1).is_on(); };
    EXPECT_FALSE(is_on({}));
    EXPECT_FALSE(is_on({.elastic = {.sigma = 4}}));
    EXPECT_TRUE(is_on({.shift = 1}));
    EXPECT_TRUE(is_on({.rotate = 1}));
    EXPECT_TRUE(is_on({.scale = 0.1}));
    EXPECT_TRUE(is_on({.shear = 0.1}));
    EXPECT_TRUE(is_on({.elastic = {.sigma = 4, .alpha = 34}}));
    EXPECT_TRUE(is_on({.contrast = 0.1}));
    EXPECT_TRUE(is_on({.brightness = 0.1}));
    EXPECT_TRUE(is_on({.noise = 0.1}));
}

TEST(Distortion, DependsOnSeedEpochAndSampleAlone) {
    const DistortConfig config{2, 10, 0.1, 0.1, {4, 34}, 0.2, 0.1, 0.1};
    const auto bytes = random_bytes(kImage, 1);
    const auto first = distorted(config, bytes, 3, 40);
    EXPECT_NE(distorted(config, bytes, 4, 40), first);
    EXPECT_NE(distorted(config, bytes, 3, 41), first);
    EXPECT_NE(distorted(config, bytes, 3, 40, kImage, 8), first);
    EXPECT_NE(distorted(config, bytes, 3, 40, kImage, 7 + (1ULL << 32)), first);
    EXPECT_EQ(distorted(config, bytes, 3, 40), first);
}

/// So that a sweep over one key compares the same draws of the others.
TEST(Distortion, OneKeyChangesNoOthersDraws) {
    const auto bytes = spot(14, 14);
    const Mass alone = mass_of(distorted({.shift = 3}, bytes, 1, 1));
    const Mass both = mass_of(distorted({.shift = 3, .rotate = 1e-6, .contrast = 1e-6}, bytes, 1, 1));
    EXPECT_NEAR(alone.x, both.x, 1e-4);
    EXPECT_NEAR(alone.y, both.y, 1e-4);
}

TEST(Distortion, ShiftsEvenlyAlongEachAxisByPartsOfAPixel) {
    const auto bytes = spot(14, 12);
    const auto shifted = [&](std::uint32_t sample) { return mass_of(distorted({.shift = 3}, bytes, 1, sample)); };
    expect_even(moments([&](std::uint32_t sample) { return shifted(sample).x - 0.5; }), 3);
    expect_even(moments([&](std::uint32_t sample) { return shifted(sample).y + 1.5; }), 3);
    const Moments product =
        moments([&](std::uint32_t sample) { return (shifted(sample).x - 0.5) * (shifted(sample).y + 1.5); });
    EXPECT_NEAR(product.mean, 0, 0.4);
    EXPECT_NEAR(moments([&](std::uint32_t sample) { return shifted(sample).total; }).deviation, 0, 1e-4);
}

TEST(Distortion, TurnsAboutTheMiddle) {
    const auto bytes = spot(21, 13);
    const Mass before = mass_of(distorted({.shift = 1e-9}, bytes, 1, 0));
    const auto turned = [&](std::uint32_t sample) { return mass_of(distorted({.rotate = 30}, bytes, 1, sample)); };
    expect_even(moments([&](std::uint32_t sample) {
                    const Mass mass = turned(sample);
                    return (std::atan2(mass.y, mass.x) - std::atan2(before.y, before.x)) * 180 / std::numbers::pi;
                }),
                30);
    const Moments radius =
        moments([&](std::uint32_t sample) { return std::hypot(turned(sample).x, turned(sample).y); });
    EXPECT_NEAR(radius.mean, std::hypot(before.x, before.y), 0.02);
    EXPECT_LT(radius.deviation, 0.03);
}

TEST(Distortion, StretchesEachAxisByItself) {
    const auto bytes = spot(20, 7);  // 6.5 to the right of the middle, 6.5 above it
    const auto scaled = [&](std::uint32_t sample) { return mass_of(distorted({.scale = 0.2}, bytes, 1, sample)); };
    const auto in_x = moments([&](std::uint32_t sample) { return scaled(sample).x / 6.5 - 1; });
    const auto in_y = moments([&](std::uint32_t sample) { return -scaled(sample).y / 6.5 - 1; });
    EXPECT_NEAR(in_x.deviation, 0.2 / std::numbers::sqrt3, 0.01);
    EXPECT_NEAR(in_y.deviation, 0.2 / std::numbers::sqrt3, 0.01);
    EXPECT_NEAR(in_x.most, 0.2, 0.01);
    EXPECT_NEAR(in_y.least, -0.2, 0.01);
    const auto difference = moments([&](std::uint32_t sample) { return (scaled(sample).x + scaled(sample).y) / 6.5; });
    EXPECT_NEAR(difference.deviation, 0.2 * std::sqrt(2.0 / 3), 0.02);
}

TEST(Distortion, ShearsRowsByTheirDistanceFromTheMiddle) {
    const auto high = spot(13, 6);
    const auto middle = spot(13, 13);
    const auto shear = [&](const std::vector<std::uint8_t>& bytes, std::uint32_t sample) {
        return mass_of(distorted({.shear = 0.4}, bytes, 1, sample));
    };
    expect_even(moments([&](std::uint32_t sample) { return (shear(high, sample).x + 0.5) / -7.5; }), 0.4);
    EXPECT_NEAR(moments([&](std::uint32_t sample) { return shear(high, sample).y; }).deviation, 0, 0.02);
    EXPECT_NEAR(moments([&](std::uint32_t sample) { return shear(middle, sample).x; }).deviation, 0.5 * 0.4 / 1.732,
                0.02);
}

/// The same written plainly in double: a Gaussian over a square, the affine map's inverse, four pixels.
class PlainDistortion {
  public:
    PlainDistortion(const DistortConfig& config, const Shape& shape, std::int64_t epoch, std::uint32_t sample)
        : shape_(shape), x_(shape.height, shape.width), y_(shape.height, shape.width) {
        const auto part = static_cast<std::uint32_t>(epoch);
        Random random(7, Stream::kDistortion, sample, part);
        const auto from = [&](double range) { return range * (2 * random.uniform() - 1); };
        const double angle = from(config.rotate) * std::numbers::pi / 180;
        Eigen::Matrix2d scale = Eigen::Matrix2d::Identity();
        scale(0, 0) += from(config.scale);
        scale(1, 1) += from(config.scale);
        Eigen::Matrix2d shear = Eigen::Matrix2d::Identity();
        shear(0, 1) = from(config.shear);
        shift_ = {from(config.shift), 0};
        shift_[1] = from(config.shift);
        Eigen::Matrix2d turn;
        turn << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
        inverse_ = (turn * shear * scale).inverse();
        draw_field(config, sample, part);
    }

    [[nodiscard]] double value(const std::vector<std::uint8_t>& bytes, Index channel, Index y, Index x) const {
        const Eigen::Vector2d middle(static_cast<double>(shape_.width - 1) / 2,
                                     static_cast<double>(shape_.height - 1) / 2);
        const Eigen::Vector2d at(static_cast<double>(x) + x_(y, x), static_cast<double>(y) + y_(y, x));
        const Eigen::Vector2d from = middle + inverse_ * (at - middle - shift_);
        double sum = 0;
        for (Index row = 0; row < shape_.height; ++row) {
            for (Index column = 0; column < shape_.width; ++column) {
                const double share = std::max(0.0, 1 - std::abs(from[0] - static_cast<double>(column))) *
                                     std::max(0.0, 1 - std::abs(from[1] - static_cast<double>(row)));
                const Index i = (channel * shape_.height + row) * shape_.width + column;
                sum += share * bytes[static_cast<std::size_t>(i)] / 255.0;
            }
        }
        return sum;
    }

  private:
    void draw_field(const DistortConfig& config, std::uint32_t sample, std::uint32_t part) {
        const double sigma = config.elastic.sigma;
        const auto radius = static_cast<Index>(std::ceil(4 * sigma));
        Eigen::MatrixXd first(shape_.height, shape_.width);
        Eigen::MatrixXd second(shape_.height, shape_.width);
        for (Index i = 0; i < shape_.positions(); ++i) {
            const Index group = i / 64;
            const auto block = static_cast<std::uint32_t>(group * 16 + i % 16);
            const auto word = philox({block, part, sample, static_cast<std::uint32_t>(Stream::kDisplacement)},
                                     {7, 0})[static_cast<std::size_t>(i % 64 / 16)];
            first(i / shape_.width, i % shape_.width) = (2.0 * (word & 0xFFFF) - 65535) / 65536;
            second(i / shape_.width, i % shape_.width) = (2.0 * (word >> 16) - 65535) / 65536;
        }
        double sum = 0;
        x_.setZero();
        y_.setZero();
        for (Index dy = -radius; dy <= radius; ++dy) {
            for (Index dx = -radius; dx <= radius; ++dx) {
                const double weight = std::exp(-static_cast<double>(dx * dx + dy * dy) / (2 * sigma * sigma));
                sum += weight;
                for (Index y = std::max<Index>(0, -dy); y < std::min(shape_.height, shape_.height - dy); ++y) {
                    for (Index x = std::max<Index>(0, -dx); x < std::min(shape_.width, shape_.width - dx); ++x) {
                        x_(y, x) += weight * first(y + dy, x + dx);
                        y_(y, x) += weight * second(y + dy, x + dx);
                    }
                }
            }
        }
        x_ *= config.elastic.alpha / sum;
        y_ *= config.elastic.alpha / sum;
    }

    Shape shape_;
    Eigen::Matrix2d inverse_;
    Eigen::Vector2d shift_;
    Eigen::MatrixXd x_;
    Eigen::MatrixXd y_;
};

TEST(Distortion, IsThePlainFormula) {
    const DistortConfig config{2.5, 25, 0.3, 0.4, {1.5, 6}, 0, 0, 0};
    for (const Shape& shape : {Shape{1, 28, 28}, Shape{2, 11, 23}, Shape{1, 1, 9}, Shape{1, 35, 2}}) {
        const auto bytes = random_bytes(shape, 2);
        for (std::uint32_t sample = 0; sample < 3; ++sample) {
            const auto image = distorted(config, bytes, 5, sample, shape);
            const PlainDistortion plain(config, shape, 5, sample);
            std::size_t i = 0;
            for (Index c = 0; c < shape.channels; ++c) {
                for (Index y = 0; y < shape.height; ++y) {
                    for (Index x = 0; x < shape.width; ++x, ++i) {
                        ASSERT_NEAR(image[i], plain.value(bytes, c, y, x), 1e-4) << c << " " << y << " " << x;
                    }
                }
            }
        }
    }
}

TEST(Distortion, AllChannelsMoveAlike) {
    const Shape shape{3, 12, 12};
    const auto one = random_bytes({1, 12, 12}, 3);
    std::vector<std::uint8_t> bytes;
    for (int channel = 0; channel < 3; ++channel) bytes.insert(bytes.end(), one.begin(), one.end());
    const auto image = distorted({2, 10, 0.1, 0.1, {2, 10}, 0, 0, 0}, bytes, 1, 1, shape);
    EXPECT_TRUE(std::equal(image.begin(), image.begin() + 144, image.begin() + 144));
    EXPECT_TRUE(std::equal(image.begin(), image.begin() + 144, image.begin() + 288));
}

TEST(Distortion, FarAwayIsBackground) {
    const std::vector<std::uint8_t> white(static_cast<std::size_t>(kImage.size()), 255);
    for (const DistortConfig& config :
         {DistortConfig{.shift = 1000}, DistortConfig{.elastic = {.sigma = 0.1, .alpha = 1e5}}}) {
        int dark = 0;
        for (std::uint32_t sample = 0; sample < 50; ++sample) {
            const auto image = distorted(config, white, 1, sample);
            EXPECT_TRUE(std::all_of(image.begin(), image.end(), [](float value) { return value >= 0 && value <= 1; }));
            dark += static_cast<int>(std::count(image.begin(), image.end(), 0.0F));
        }
        EXPECT_GT(dark, 0.9 * 50 * 784);
    }
}

TEST(Distortion, ContrastIsAboutTheMeanAndBrightnessIsAdded) {
    std::vector<std::uint8_t> halves(static_cast<std::size_t>(kImage.size()), 102);
    std::fill_n(halves.begin(), halves.size() / 2, std::uint8_t{153});  // 0.6 and 0.4 about 0.5
    const auto contrast = [&](std::uint32_t sample) {
        const auto image = distorted({.contrast = 0.5}, halves, 1, sample);
        EXPECT_NEAR(image.front() + image.back(), 1, 1e-5);
        return (image.front() - image.back()) / 0.2 - 1;
    };
    expect_even(moments(contrast), 0.5);
    const auto brightness = [&](std::uint32_t sample) {
        const auto image = distorted({.brightness = 0.3}, halves, 1, sample);
        EXPECT_NEAR(image.front() - image.back(), 0.2, 1e-5);
        return image.front() - 0.6;
    };
    expect_even(moments(brightness), 0.3);
}

TEST(Distortion, NoiseIsNormalInEachPixelAndCutOffAtBlackAndWhite) {
    const std::vector<std::uint8_t> grey(static_cast<std::size_t>(kImage.size()), 102);
    const Moments found =
        moments([&](std::uint32_t sample) { return distorted({.noise = 0.1}, grey, 1, sample)[300]; });
    EXPECT_NEAR(found.mean, 0.4, 0.015);
    EXPECT_NEAR(found.deviation, 0.1, 0.01);
    const auto image = distorted({.noise = 0.4}, grey, 1, 1);
    EXPECT_NEAR(static_cast<double>(std::count(image.begin(), image.end(), 0.0F)), 784 * 0.1587, 40);
    EXPECT_NEAR(static_cast<double>(std::count(image.begin(), image.end(), 1.0F)), 784 * 0.0668, 30);
}

}  // namespace
}  // namespace bnrun
