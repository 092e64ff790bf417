#include "experiment/data_cache.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

Config small(std::uint64_t seed) {
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
    DataCache cache(4);
    const auto first = cache.get(small(1));
    EXPECT_NE(cache.get(small(2)), first) << "synthetic digits come from the seed";
    Config fewer = small(1);
    fewer.data.train_samples = 19;
    EXPECT_NE(cache.get(fewer), first);
    EXPECT_EQ(cache.get(small(1)), first);
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
