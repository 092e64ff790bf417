#include "report/data_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "data/distort.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

/// Three samples of 2 by 3 pixels in each channel.
Dataset small_dataset(Index channels) {
    Dataset dataset;
    dataset.shape = {channels, 2, 3};
    for (Index i = 0; i < 3 * dataset.shape.size(); ++i) {
        dataset.train.images.push_back(static_cast<std::uint8_t>(i * 7 % 256));
    }
    dataset.train.labels = {4, 0, 9};
    dataset.classes = 10;
    return dataset;
}

class DataSheetTest : public testing::Test {
  protected:
    DataSheetTest() { config.train.order = Order::kSequential; }

    DataSheet sheet(std::int64_t count = 10, std::int64_t epochs = 2) {
        return data_sheet(config, dataset, count, epochs, team);
    }

    Config config;
    Dataset dataset = small_dataset(1);
    ThreadTeam team{1};
};

TEST_F(DataSheetTest, WithoutDistortionHasEachImageOnceAsItIs) {
    const DataSheet found = sheet();
    EXPECT_EQ(found.columns, std::vector<std::string>{""});
    ASSERT_EQ(found.samples.size(), 3U);
    EXPECT_EQ(found.samples[2].number, 2U);
    EXPECT_EQ(found.samples[2].label, 9);
    ASSERT_EQ(found.samples[2].pictures.size(), 1U);
    const Picture& picture = found.samples[2].pictures[0];
    EXPECT_EQ(picture.width, 3U);
    EXPECT_EQ(picture.height, 2U);
    EXPECT_EQ(picture.channels, 1U);
    EXPECT_EQ(picture.pixels, (std::vector<std::uint8_t>{84, 91, 98, 105, 112, 119}));
    EXPECT_EQ(sheet(2).samples.size(), 2U);
}

TEST_F(DataSheetTest, IsInTrainingsOrder) {
    config.train.order = Order::kShuffled;
    dataset.train.images.resize(6 * 100);
    dataset.train.labels.resize(100);
    const DataSheet found = sheet(20);
    const auto in_order = [](const auto& a, const auto& b) { return a.number < b.number; };
    EXPECT_FALSE(std::is_sorted(found.samples.begin(), found.samples.end(), in_order));
    for (const SheetSample& sample : found.samples) {
        EXPECT_EQ(sample.pictures[0].pixels[1], dataset.train.images[6 * sample.number + 1]);
    }
}

TEST_F(DataSheetTest, WithDistortionHasTheImageAndItsFirstEpochs) {
    config.data.distort.shift = 0.7;
    const DataSheet found = sheet();
    EXPECT_EQ(found.columns, (std::vector<std::string>{"undistorted", "epoch 1", "epoch 2"}));
    const std::vector<Picture>& pictures = found.samples[1].pictures;
    ASSERT_EQ(pictures.size(), 3U);
    EXPECT_EQ(pictures[0].pixels, (std::vector<std::uint8_t>{42, 49, 56, 63, 70, 77}));
    std::array<float, 6> image{};
    for (const std::int64_t epoch : {1, 2}) {
        Distortion(config.data.distort, dataset.shape, 1)
            .apply(dataset.train.images.data() + 6, epoch, 1, image.data());
        for (std::size_t i = 0; i < 6; ++i) {
            EXPECT_NEAR(pictures[static_cast<std::size_t>(epoch)].pixels[i], 255 * image.at(i), 0.51);
        }
    }
}

TEST_F(DataSheetTest, PreprocessedValuesHaveZeroInTheMiddle) {
    config.data.preprocess = Preprocess::kCenter;
    const DataSheet found = sheet();
    EXPECT_NEAR(found.white, 42 / 255.0, 1e-6);  // of the first and last sample's distance to the second, the mean
    EXPECT_EQ(found.black, -found.white);
    EXPECT_EQ(found.samples[0].pictures[0].pixels, std::vector<std::uint8_t>(6, 0));
    EXPECT_EQ(found.samples[1].pictures[0].pixels, std::vector<std::uint8_t>(6, 128));
    EXPECT_EQ(found.samples[2].pictures[0].pixels, std::vector<std::uint8_t>(6, 255));
}

TEST_F(DataSheetTest, ThreeChannelsAreColoursAndOthersStandSideBySide) {
    dataset = small_dataset(3);
    const Picture colours = sheet(1).samples[0].pictures[0];
    EXPECT_EQ(colours.channels, 3U);
    EXPECT_EQ(colours.width, 3U);
    EXPECT_EQ(std::vector<std::uint8_t>(colours.pixels.begin(), colours.pixels.begin() + 6),
              (std::vector<std::uint8_t>{0, 42, 84, 7, 49, 91}));
    dataset = small_dataset(2);
    const Picture tiles = sheet(1).samples[0].pictures[0];
    EXPECT_EQ(tiles.channels, 1U);
    EXPECT_EQ(tiles.width, 6U);
    EXPECT_EQ(tiles.pixels, (std::vector<std::uint8_t>{0, 7, 14, 42, 49, 56, 21, 28, 35, 63, 70, 77}));
}

TEST_F(DataSheetTest, VectorsAreRefused) {
    dataset.shape = {6, 1, 1};
    dataset.directory = "some/where";
    expect_error<DataError>([&] { sheet(); }, {"some/where: holds vectors of 6 values, which cannot be shown"});
}

}  // namespace
}  // namespace bnrun
