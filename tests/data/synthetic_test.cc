#include "data/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/sha256.h"

namespace bnrun {
namespace {

class SyntheticTest : public testing::Test {
  protected:
    SyntheticTest() {
        config.data.train_samples = 3000;
        config.data.test_samples = 500;
    }
    Config config;
};

TEST_F(SyntheticTest, LooksLikeMnist) {
    const Dataset dataset = draw_synthetic(config);
    EXPECT_EQ(dataset.features(), 784);
    EXPECT_EQ(dataset.classes, 10);
    double sum = 0;
    double inked = 0;
    for (const std::uint8_t pixel : dataset.train.images) {
        sum += pixel / 255.0;
        inked += pixel > 0 ? 1 : 0;
    }
    // MNIST's training set: mean pixel 0.1307, 19.1 % of pixels above 0, values up to 255, 9 to 11.2 % of each digit.
    const auto pixels = static_cast<double>(dataset.train.images.size());
    EXPECT_NEAR(sum / pixels, 0.1307, 0.02);
    EXPECT_NEAR(inked / pixels, 0.191, 0.03);
    EXPECT_EQ(*std::max_element(dataset.train.images.begin(), dataset.train.images.end()), 255);
    for (std::uint8_t digit = 0; digit < 10; ++digit) {
        const auto count = std::count(dataset.train.labels.begin(), dataset.train.labels.end(), digit);
        EXPECT_NEAR(static_cast<double>(count), 300, 90) << int{digit};
    }
}

TEST_F(SyntheticTest, IsFixedByTheSeedAndItsFirstSamplesByTheirNumber) {
    const Dataset dataset = draw_synthetic(config);
    EXPECT_EQ(draw_synthetic(config).train.images, dataset.train.images);
    config.data.train_samples = 10;
    const Dataset shorter = draw_synthetic(config);
    EXPECT_TRUE(std::equal(shorter.train.images.begin(), shorter.train.images.end(), dataset.train.images.begin()));
    EXPECT_EQ(shorter.test.images, dataset.test.images);
    config.seed = 2;
    EXPECT_NE(draw_synthetic(config).train.images, shorter.train.images);
}

// A digit whose strokes changed would be another data set under the same name.
TEST_F(SyntheticTest, IsWhatEveryEditionDraws) {
    const Dataset drawn = draw_synthetic(config);
    EXPECT_EQ(drawn.sha256.at("train-images-idx3-ubyte"),
              "e726e640474e52839e39d03e8a86a7e0f2e5a49fc6d7928c691f51caf7d84cae");
    EXPECT_EQ(drawn.sha256.at("t10k-labels-idx1-ubyte"),
              "77d103d8974f24add033f58804c61d613c5145e0a5ddde2c92aace9391687cf2");
}

TEST_F(SyntheticTest, HasTheChecksumOfEachOfItsParts) {
    const Dataset dataset = draw_synthetic(config);
    const auto sum = [](const auto& bytes) { return sha256_text(bytes.data(), bytes.size()); };
    const std::map<std::string, std::string> expected{{"train-images-idx3-ubyte", sum(dataset.train.images)},
                                                      {"train-labels-idx1-ubyte", sum(dataset.train.labels)},
                                                      {"t10k-images-idx3-ubyte", sum(dataset.test.images)},
                                                      {"t10k-labels-idx1-ubyte", sum(dataset.test.labels)}};
    EXPECT_EQ(dataset.sha256, expected);
}

TEST_F(SyntheticTest, NoTestSampleIsATrainingSample) {
    const Dataset dataset = draw_synthetic(config);
    const auto image = [](const Split& split, Index i) { return split.images.begin() + i * 784; };
    for (Index i = 0; i < 50; ++i) {
        for (Index j = 0; j < 3000; ++j) {
            const auto test = image(dataset.test, i);
            ASSERT_FALSE(std::equal(test, test + 784, image(dataset.train, j))) << i << " " << j;
        }
    }
}

}  // namespace
}  // namespace bnrun
