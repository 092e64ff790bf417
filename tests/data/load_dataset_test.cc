#include "data/load_dataset.h"

#include <cstdlib>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class LoadDatasetTest : public testing::Test {
  protected:
    LoadDatasetTest() {
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

TEST_F(LoadDatasetTest, ReadsFourFilesOfAnySampleShape) {
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

TEST_F(LoadDatasetTest, ReadsChannelsOfAFileOfRankFour) {
    std::filesystem::remove(scratch.path("train-images-idx3-ubyte"));
    std::filesystem::remove(scratch.path("t10k-images-idx3-ubyte"));
    put("train-images-idx4-ubyte", {0, 0, 8, 4, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0,
                                    3, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6});
    put("t10k-images-idx4-ubyte",
        {0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9, 10, 11, 12, 7, 8, 9, 10, 11, 12});
    EXPECT_EQ(load_dataset(config).shape, (Shape{2, 1, 3}));
}

TEST_F(LoadDatasetTest, KeepsTheFirstSamplesAskedFor) {
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

TEST_F(LoadDatasetTest, SetsTheLastTrainingSamplesAsideForValidation) {
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

TEST_F(LoadDatasetTest, RefusesLabelsThatDoNotFit) {
    put("t10k-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 2, 2, 3});
    refuse({"t10k-labels-idx1-ubyte", "label 3 at byte 9", "3 classes"});
    put("t10k-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 1, 2});
    refuse({"t10k-labels-idx1-ubyte", "1 labels", "2 images"});
}

TEST_F(LoadDatasetTest, RefusesAStrayTrainingLabel) {
    put("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 3, 0, 1, static_cast<char>(255)});
    refuse({"train-labels-idx1-ubyte", "255", "byte 10"});
}

TEST_F(LoadDatasetTest, TakesLabelsWithGaps) {
    put("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 3, 3, 8, 3});
    put("t10k-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 2, 3, 8});
    EXPECT_EQ(load_dataset(config).classes, 9);
}

TEST_F(LoadDatasetTest, TakesManyClassesOfWhichFewerNeverOccur) {
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

TEST_F(LoadDatasetTest, RefusesFilesWithoutSamples) {
    put("train-images-idx3-ubyte", {0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2});
    put("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 0});
    refuse({"train-images-idx3-ubyte: holds no samples"});
}

TEST_F(LoadDatasetTest, NamesTheFileThatItLooksForInVain) {
    std::filesystem::remove(scratch.path("train-images-idx3-ubyte"));
    refuse({"train-images-idx3-ubyte: no such file, nor one ending in .gz", "train-images.idx3-ubyte", "a directory"});
    put("train-images-idx9-ubyte.gz", {0});
    refuse({"train-images-idx9-ubyte.gz: truncated at byte 1"});
}

TEST_F(LoadDatasetTest, FindsFilesUnderTheirOtherUsualNames) {
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

TEST_F(LoadDatasetTest, PrefersTheCanonicalNameThenDotsThenFolders) {
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
}

TEST_F(LoadDatasetTest, SaysThatADirectoryIsInTheFilesPlace) {
    std::filesystem::remove(scratch.path("train-labels-idx1-ubyte"));
    std::filesystem::create_directory(scratch.path("train-labels-idx1-ubyte"));
    refuse({"train-labels-idx1-ubyte: cannot be read (it is a directory)", "train-labels.idx1-ubyte"});
}

TEST_F(LoadDatasetTest, RefusesTestImagesOfAnotherShape) {
    put("t10k-images-idx3-ubyte", {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, 8, 9, 10});
    refuse({"t10k-images-idx3-ubyte", "another shape"});
}

TEST_F(LoadDatasetTest, IsLookedForWhereTheEnvironmentSays) {
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

TEST_F(LoadDatasetTest, IsLookedForFirstWhereARelativeDirectoryWas) {
    config.data.absolute_dir = *config.data.dir;
    config.data.dir = "elsewhere";
    EXPECT_EQ(load_dataset(config).directory, *config.data.absolute_dir);
    config.data.absolute_dir = scratch.path("gone");
    refuse({"data.dir: elsewhere: no such data directory"});
    config.data.dir = scratch.path();
    EXPECT_EQ(load_dataset(config).directory, scratch.path());
}

TEST_F(LoadDatasetTest, RefusesImagesAndLabelsOfAnotherShape) {
    put("t10k-labels-idx1-ubyte", {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 2, 0});
    refuse({"t10k-labels-idx1-ubyte: has 2 dimensions"});
    put("train-images-idx3-ubyte", {0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3});
    refuse({"train-images-idx3-ubyte: has no dimension beside the samples"});
}

/// $BNRUN_DATA_DIR is MNIST's: Fashion-MNIST is in a folder of its own there, or in data/.
TEST_F(LoadDatasetTest, FashionMnistIsLookedForInItsOwnFolder) {
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

TEST_F(LoadDatasetTest, SaysThatADirectoryIsMissing) {
    config.data.dir = scratch.path("absent");
    refuse({"absent", "scripts/get_mnist.sh gets MNIST", "synthetic"});
    config.data.dir = std::string(300, 'x');
    config.origins.give("data", "--set data={}");
    refuse({"--set data={}: data.dir: ", "x: cannot be looked for: File name too long"});
}

}  // namespace
}  // namespace bnrun
