// Replays what the fuzzer started from and found, without the fuzzer.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/harnesses.h"

namespace bnrun::fuzz {
namespace {

struct Format {
    const char* name;
    Harness harness;
};

class Corpus : public testing::TestWithParam<Format> {
  protected:
    static std::vector<std::string> inputs() {
        std::vector<std::string> inputs;
        const std::string folder = std::string(BNRUN_SOURCE_DIR "/tests/fuzz/corpus/") + GetParam().name;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            std::ifstream file(entry.path(), std::ios::binary);
            inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
        return inputs;
    }
};

TEST_P(Corpus, IsReadOrRefusedInOneLine) {
    const std::vector<std::string> all = inputs();
    ASSERT_GE(all.size(), 3U);
    for (const std::string& input : all) EXPECT_NO_THROW(GetParam().harness(input));
}

TEST_P(Corpus, IsReadOrRefusedInOneLineWhereverItIsCut) {
    for (const std::string& input : inputs()) {
        const std::size_t step = 1 + input.size() / 64;
        for (std::size_t end = 0; end < input.size(); end += step) {
            EXPECT_NO_THROW(GetParam().harness(std::string_view(input).substr(0, end)));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus,
                         testing::Values(Format{"idx", idx}, Format{"gzip", gzip}, Format{"config", config},
                                         Format{"set", set}, Format{"sweep_values", sweep_values},
                                         Format{"sweep_flags", sweep_flags}, Format{"sweep_spec", sweep_spec},
                                         Format{"safetensors", safetensors}, Format{"checkpoint", checkpoint},
                                         Format{"table", table}),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace bnrun::fuzz
