#include "experiment/data_cache.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

Config small(std::int64_t seed) {
    Config config;
    config.seed = seed;
    config.data.source = Source::kSynthetic;
    config.data.train_samples = 20;
    config.data.test_samples = 10;
    return config;
}

TEST(DataCache, RunsOfOneDatasetShareItHoweverManyAskAtOnce) {
    DataCache cache(2);
    std::vector<std::shared_ptr<const Dataset>> got(8);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < got.size(); ++i) {
        threads.emplace_back([&cache, &got, i] {
            Config config = small(1);
            config.model.width = static_cast<std::int64_t>(i + 1);
            got[i] = cache.get(config);
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& data : got) EXPECT_EQ(data, got.front());
}

TEST(DataCache, WhatTheDataDependsOnTellsDatasetsApart) {
    DataCache cache(5);
    const auto first = cache.get(small(1));
    EXPECT_NE(cache.get(small(2)), first) << "synthetic digits come from the seed";
    Config fewer = small(1);
    fewer.data.train_samples = 19;
    EXPECT_NE(cache.get(fewer), first);
    fewer = small(1);
    fewer.data.test_samples = 9;
    EXPECT_NE(cache.get(fewer), first);
    fewer = small(1);
    fewer.data.validation_samples = 5;
    EXPECT_NE(cache.get(fewer), first);
    EXPECT_EQ(cache.get(small(1)), first);
}

/// Four IDX files of one sample each: a pixel, and class 0.
void put_idx_files(const Scratch& scratch, const std::string& directory, char pixel) {
    std::filesystem::create_directory(scratch.path(directory));
    for (const std::string split : {"train", "t10k"}) {
        const std::string one("\0\0\0\1", 4);
        (void)scratch.put(directory + "/" + split + "-images-idx3-ubyte",
                          std::string("\0\0\10\3", 4) + one + one + one + pixel);
        (void)scratch.put(directory + "/" + split + "-labels-idx1-ubyte",
                          std::string("\0\0\10\1", 4) + one + std::string(1, '\0'));
    }
}

TEST(DataCache, FilesOfTwoDirectoriesAreTwoDatasets) {
    const Scratch scratch;
    put_idx_files(scratch, "a", 7);
    put_idx_files(scratch, "b", 9);
    DataCache cache(4);
    Config config;
    config.data.source = Source::kIdx;
    for (int round = 0; round < 2; ++round) {
        config.data.dir = scratch.path("a");
        EXPECT_EQ(cache.get(config)->train.images, Bytes{7});
        config.data.dir = scratch.path("b");
        EXPECT_EQ(cache.get(config)->train.images, Bytes{9});
    }
    config.data.dir = "data";  // of runs in two places
    for (const auto& [directory, pixel] : {std::pair{"a", std::uint8_t{7}}, {"b", std::uint8_t{9}}}) {
        config.data.absolute_dir = scratch.path(directory);
        EXPECT_EQ(cache.get(config)->train.images, Bytes{pixel});
    }
}

TEST(DataCache, WhatCannotBeLoadedIsAnErrorForEachWhoAsks) {
    const Scratch scratch;
    DataCache cache(2);
    Config config = small(1);
    config.data.source = Source::kIdx;
    config.data.dir = scratch.path();
    expect_error<DataError>([&] { cache.get(config); }, {"idx"});
    expect_error<DataError>([&] { cache.get(config); }, {"idx"});
    config.data.dir = scratch.path("none");
    for (const char* file : {"a.json", "b.json"}) {
        config.origins = Origins(file);
        expect_error<DataError>([&] { cache.get(config); }, {file, ": data.dir: "});
    }
}

TEST(DataCache, NoMoreThanSoManyAreKept) {
    DataCache cache(1);
    const std::weak_ptr<const Dataset> first = cache.get(small(1));
    EXPECT_FALSE(first.expired());
    (void)cache.get(small(2));
    EXPECT_TRUE(first.expired());
}

}  // namespace
}  // namespace bnrun
