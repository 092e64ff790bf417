#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/error.h"
#include "base/sha256.h"
#include "data/idx.h"
#include "data/idx_paths.h"
#include "data/load_dataset.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class DatasetTest : public testing::Test {
  protected:
    DatasetTest() {
        put("train-images-idx3-ubyte", {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6});
        put("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2});
        put("t10k-images-idx3-ubyte", {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 8, 9, 10});
        put("t10k-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 2, 2, 0});
        config.data.source = Source::kIdx;
        config.data.dir = scratch.path();
    }

    void put(const std::string& name, const std::vector<char>& bytes) {
        (void)scratch.put(name, std::string(bytes.begin(), bytes.end()));
    }

    void refuse(std::initializer_list<const char*> texts) {
        expect_error<DataError>([&] { load_dataset(config); }, texts);
    }

    Scratch scratch;
    Config config;
};

TEST_F(DatasetTest, ReadsFourFilesOfAnySampleShape) {
    const Dataset dataset = load_dataset(config);
    EXPECT_EQ(dataset.shape, (Shape{1, 1, 2}));
    EXPECT_EQ(dataset.classes, 3);
    EXPECT_EQ(dataset.train.samples(), 3);
    EXPECT_EQ(dataset.test.images, (Bytes{7, 8, 9, 10}));
    EXPECT_EQ(dataset.sha256.size(), 4U);
    std::filesystem::remove(scratch.path("train-images-idx3-ubyte"));
    std::filesystem::remove(scratch.path("t10k-images-idx3-ubyte"));
    put("train-images-idx2-ubyte", {0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6});
    put("t10k-images-idx2-ubyte", {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 7, 8, 9, 10});
    EXPECT_EQ(load_dataset(config).train.images, dataset.train.images);
    EXPECT_EQ(load_dataset(config).shape, (Shape{2, 1, 1}));
}

TEST_F(DatasetTest, ReadsChannelsOfAFileOfRankFour) {
    std::filesystem::remove(scratch.path("train-images-idx3-ubyte"));
    std::filesystem::remove(scratch.path("t10k-images-idx3-ubyte"));
    put("train-images-idx4-ubyte", {0, 0, 8, 4, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0,
                                    3, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6});
    put("t10k-images-idx4-ubyte",
        {0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9, 10, 11, 12, 7, 8, 9, 10, 11, 12});
    EXPECT_EQ(load_dataset(config).shape, (Shape{2, 1, 3}));
}

TEST_F(DatasetTest, KeepsTheFirstSamplesAskedFor) {
    config.data.train_samples = 2;
    config.data.test_samples = 1;
    const Dataset dataset = load_dataset(config);
    EXPECT_EQ(dataset.train.images, (Bytes{1, 2, 3, 4}));
    EXPECT_EQ(dataset.train.labels, (Bytes{0, 1}));
    EXPECT_EQ(dataset.test.samples(), 1);
    EXPECT_EQ(dataset.classes, 3);  // of the whole training set
    config.data.train_samples = 4;
    config.origins = Origins("some.json");
    expect_error<ConfigError>([&] { load_dataset(config); }, {"some.json: data.train_samples: 4", "3"});
    config.origins.give("data.train_samples", "--set data.train_samples=4");
    expect_error<ConfigError>([&] { load_dataset(config); }, {"--set data.train_samples=4: data.train_samples: 4"});
    config.origins.give("data.dir", "--set data.dir=x");
    expect_error<ConfigError>([&] { load_dataset(config); }, {"--set data.dir=x: data.train_samples: 4"});
}

TEST_F(DatasetTest, SetsTheLastTrainingSamplesAsideForValidation) {
    EXPECT_EQ(load_dataset(config).validation.samples(), 0);
    config.data.validation_samples = 1;
    const Dataset dataset = load_dataset(config);
    EXPECT_EQ(dataset.train.images, (Bytes{1, 2, 3, 4}));
    EXPECT_EQ(dataset.train.labels, (Bytes{0, 1}));
    EXPECT_EQ(dataset.validation.images, (Bytes{5, 6}));
    EXPECT_EQ(dataset.validation.labels, (Bytes{2}));
    EXPECT_EQ(dataset.classes, 3);
    config.data.train_samples = 2;
    EXPECT_EQ(load_dataset(config).validation.images, (Bytes{3, 4}));
    config.data.train_samples.reset();
    config.data.validation_samples = 3;
    expect_error<ConfigError>([&] { load_dataset(config); },
                              {"config: data.validation_samples: 3 of 3 training samples leave none to train"});
}

TEST_F(DatasetTest, RefusesLabelsThatDoNotFit) {
    put("t10k-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 2, 2, 3});
    refuse({"t10k-labels-idx1-ubyte", "label 3 at byte 9", "3 classes"});
    put("t10k-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 1, 2});
    refuse({"t10k-labels-idx1-ubyte", "1 labels", "2 images"});
}

TEST_F(DatasetTest, RefusesAStrayTrainingLabel) {
    put("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 3, 0, 1, static_cast<char>(255)});
    refuse({"train-labels-idx1-ubyte", "255", "byte 10"});
}

TEST_F(DatasetTest, TakesLabelsWithGaps) {
    put("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 3, 3, 8, 3});
    put("t10k-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 2, 3, 8});
    EXPECT_EQ(load_dataset(config).classes, 9);
}

TEST_F(DatasetTest, TakesManyClassesOfWhichFewerNeverOccur) {
    std::vector<char> images{0, 0, 8, 2, 0, 0, 0, 50, 0, 0, 0, 1};
    std::vector<char> labels{0, 0, 8, 1, 0, 0, 0, 50};
    for (int i = 0; i < 50; ++i) {
        images.push_back(1);
        labels.push_back(static_cast<char>(i == 49 ? 89 : i));  // 40 of the 90 below it do not occur
    }
    std::filesystem::remove(scratch.path("train-images-idx3-ubyte"));
    std::filesystem::remove(scratch.path("t10k-images-idx3-ubyte"));
    put("train-images-idx2-ubyte", images);
    put("train-labels-idx1-ubyte", labels);
    put("t10k-images-idx2-ubyte", {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 1, 2});
    EXPECT_EQ(load_dataset(config).classes, 90);
}

TEST_F(DatasetTest, RefusesFilesWithoutSamples) {
    put("train-images-idx3-ubyte", {0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2});
    put("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 0});
    refuse({"train-images-idx3-ubyte: holds no samples"});
}

TEST_F(DatasetTest, NamesTheFileThatItLooksForInVain) {
    std::filesystem::remove(scratch.path("train-images-idx3-ubyte"));
    refuse({"train-images-idx3-ubyte: no such file, nor one ending in .gz", "train-images.idx3-ubyte", "a directory"});
    put("train-images-idx9-ubyte.gz", {0});
    refuse({"train-images-idx9-ubyte.gz: truncated at byte 1"});
}

TEST_F(DatasetTest, FindsFilesUnderTheirOtherUsualNames) {
    namespace fs = std::filesystem;
    const Dataset canonical = load_dataset(config);
    const auto dotted = [](std::string name) { return name.replace(name.find("-idx"), 1, "."); };
    const auto expect_same = [&] {
        const Dataset found = load_dataset(config);
        EXPECT_EQ(found.sha256, canonical.sha256);  // under the canonical names
        EXPECT_EQ(found.test.images, canonical.test.images);
    };
    for (const auto& [name, sha256] : canonical.sha256) fs::rename(scratch.path(name), scratch.path(dotted(name)));
    expect_same();
    for (const auto& [name, sha256] : canonical.sha256) {
        fs::create_directory(scratch.path(name));
        fs::rename(scratch.path(dotted(name)), scratch.path(name + "/" + name));
    }
    expect_same();
    for (const auto& [name, sha256] : canonical.sha256) {
        fs::rename(scratch.path(name), scratch.path(dotted(name)));
        fs::rename(scratch.path(dotted(name) + "/" + name), scratch.path(dotted(name) + "/" + dotted(name) + ".gz"));
    }
    expect_same();
}

TEST_F(DatasetTest, PrefersTheCanonicalNameThenDotsThenFolders) {
    const std::string name = "train-images-idx3-ubyte";
    const std::string images = scratch.get(name);
    const Bytes canonical = load_dataset(config).train.images;
    std::string other = images;
    other.back() = 99;
    (void)scratch.put("train-images.idx3-ubyte", other);
    EXPECT_EQ(load_dataset(config).train.images, canonical);
    put("train-images.idx2-ubyte", {0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2, 9, 9, 9, 9, 9, 9});
    EXPECT_EQ(load_dataset(config).train.images, canonical);
    std::filesystem::remove(scratch.path("train-images.idx2-ubyte"));
    std::filesystem::remove(scratch.path(name));
    std::filesystem::create_directory(scratch.path(name));
    (void)scratch.put(name + "/" + name, images);
    EXPECT_EQ(load_dataset(config).train.images.back(), 99);
    EXPECT_EQ(
        idx_paths("d/train-images-idx3-ubyte"),
        (std::vector<std::string>{
            "d/train-images-idx3-ubyte", "d/train-images-idx3-ubyte.gz", "d/train-images.idx3-ubyte",
            "d/train-images.idx3-ubyte.gz", "d/train-images-idx3-ubyte/train-images-idx3-ubyte",
            "d/train-images-idx3-ubyte/train-images-idx3-ubyte.gz", "d/train-images-idx3-ubyte/train-images.idx3-ubyte",
            "d/train-images-idx3-ubyte/train-images.idx3-ubyte.gz", "d/train-images.idx3-ubyte/train-images-idx3-ubyte",
            "d/train-images.idx3-ubyte/train-images-idx3-ubyte.gz", "d/train-images.idx3-ubyte/train-images.idx3-ubyte",
            "d/train-images.idx3-ubyte/train-images.idx3-ubyte.gz"}));
}

TEST_F(DatasetTest, SaysThatADirectoryIsInTheFilesPlace) {
    std::filesystem::remove(scratch.path("train-labels-idx1-ubyte"));
    std::filesystem::create_directory(scratch.path("train-labels-idx1-ubyte"));
    refuse({"train-labels-idx1-ubyte: cannot be read (it is a directory)", "train-labels.idx1-ubyte"});
}

TEST_F(DatasetTest, RefusesTestImagesOfAnotherShape) {
    put("t10k-images-idx3-ubyte", {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, 8, 9, 10});
    refuse({"t10k-images-idx3-ubyte", "another shape"});
}

TEST_F(DatasetTest, IsLookedForWhereTheEnvironmentSays) {
    const char* const before = std::getenv("BNRUN_DATA_DIR");
    const std::string kept = before == nullptr ? "" : before;
    const std::filesystem::path here = std::filesystem::current_path();
    config.data.dir.reset();
    ::setenv("BNRUN_DATA_DIR", scratch.path().c_str(), 1);
    EXPECT_EQ(load_dataset(config).train.samples(), 3);
    ::setenv("BNRUN_DATA_DIR", scratch.path("none").c_str(), 1);
    refuse({"BNRUN_DATA_DIR: ", "none: no such data directory"});
    for (const char* none : {"", static_cast<const char*>(nullptr)}) {
        none == nullptr ? ::unsetenv("BNRUN_DATA_DIR") : ::setenv("BNRUN_DATA_DIR", none, 1);
        std::filesystem::current_path(scratch.path());
        refuse({"data/mnist", "no such data directory"});
    }
    std::filesystem::current_path(here);
    if (before != nullptr) ::setenv("BNRUN_DATA_DIR", kept.c_str(), 1);
}

TEST_F(DatasetTest, RefusesImagesAndLabelsOfAnotherShape) {
    put("t10k-labels-idx1-ubyte", {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 2, 0});
    refuse({"t10k-labels-idx1-ubyte: has 2 dimensions"});
    put("train-images-idx3-ubyte", {0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3});
    refuse({"train-images-idx3-ubyte: has no dimension beside the samples"});
}

TEST_F(DatasetTest, DataThatIsNotMnistIsRefusedAsMnist) {
    config.data.source = Source::kMnist;
    refuse({"train-images-idx3-ubyte", "SHA-256", "data.source=idx"});
}

TEST_F(DatasetTest, DataThatIsNotFashionMnistIsRefusedAsFashionMnist) {
    config.data.source = Source::kFashionMnist;
    refuse({"train-images-idx3-ubyte: not Fashion-MNIST's: its SHA-256", "expected c59f468a2f67",
            "get it again with scripts/get_fashion_mnist.sh"});
}

/// $BNRUN_DATA_DIR is MNIST's: Fashion-MNIST is in a folder of its own there, or in data/.
TEST_F(DatasetTest, FashionMnistIsLookedForInItsOwnFolder) {
    const char* const before = std::getenv("BNRUN_DATA_DIR");
    const std::string kept = before == nullptr ? "" : before;
    const std::filesystem::path here = std::filesystem::current_path();
    std::filesystem::current_path(scratch.path());
    config.data.source = Source::kFashionMnist;
    config.data.dir.reset();
    ::setenv("BNRUN_DATA_DIR", scratch.path().c_str(), 1);
    refuse({"data/fashion_mnist: no such data directory", "scripts/get_fashion_mnist.sh gets Fashion-MNIST"});
    std::filesystem::create_directory("fashion_mnist");
    refuse({"/fashion_mnist/train-images-idx3-ubyte: no such file"});
    std::filesystem::current_path(here);
    before == nullptr ? ::unsetenv("BNRUN_DATA_DIR") : ::setenv("BNRUN_DATA_DIR", kept.c_str(), 1);
}

TEST_F(DatasetTest, SaysThatADirectoryIsMissing) {
    config.data.dir = scratch.path("absent");
    refuse({"absent", "scripts/get_mnist.sh gets MNIST", "synthetic"});
    config.data.dir = std::string(300, 'x');
    config.origins.give("data", "--set data={}");
    refuse({"--set data={}: data.dir: ", "x: cannot be looked for: File name too long"});
}

class SyntheticTest : public testing::Test {
  protected:
    SyntheticTest() {
        config.data.source = Source::kSynthetic;
        config.data.train_samples = 3000;
        config.data.test_samples = 500;
    }
    Config config;
};

TEST_F(SyntheticTest, LooksLikeMnist) {
    const Dataset dataset = load_dataset(config);
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
    const Dataset dataset = load_dataset(config);
    EXPECT_EQ(load_dataset(config).train.images, dataset.train.images);
    config.data.train_samples = 10;
    const Dataset shorter = load_dataset(config);
    EXPECT_TRUE(std::equal(shorter.train.images.begin(), shorter.train.images.end(), dataset.train.images.begin()));
    EXPECT_EQ(shorter.test.images, dataset.test.images);
    config.seed = 2;
    EXPECT_NE(load_dataset(config).train.images, shorter.train.images);
}

// A digit whose strokes changed would be another data set under the same name.
TEST_F(SyntheticTest, IsWhatEveryEditionDraws) {
    const Dataset drawn = load_dataset(config);
    EXPECT_EQ(drawn.sha256.at("train-images-idx3-ubyte"),
              "e726e640474e52839e39d03e8a86a7e0f2e5a49fc6d7928c691f51caf7d84cae");
    EXPECT_EQ(drawn.sha256.at("t10k-labels-idx1-ubyte"),
              "77d103d8974f24add033f58804c61d613c5145e0a5ddde2c92aace9391687cf2");
}

TEST_F(SyntheticTest, HasTheChecksumOfEachOfItsParts) {
    const Dataset dataset = load_dataset(config);
    const auto sum = [](const auto& bytes) { return sha256_text(bytes.data(), bytes.size()); };
    const std::map<std::string, std::string> expected{{"train-images-idx3-ubyte", sum(dataset.train.images)},
                                                      {"train-labels-idx1-ubyte", sum(dataset.train.labels)},
                                                      {"t10k-images-idx3-ubyte", sum(dataset.test.images)},
                                                      {"t10k-labels-idx1-ubyte", sum(dataset.test.labels)}};
    EXPECT_EQ(dataset.sha256, expected);
}

TEST_F(SyntheticTest, NoTestSampleIsATrainingSample) {
    const Dataset dataset = load_dataset(config);
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
