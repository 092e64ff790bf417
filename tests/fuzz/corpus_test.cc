// Replays what the fuzzer started from and found, without the fuzzer.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "fuzz/harnesses.h"

namespace bnrun::fuzz {
namespace {

struct Format {
    const char* name;
    Harness harness;
};

/// A test's name is the same in every run.
void PrintTo(const Format& format, std::ostream* out) { *out << format.name; }

constexpr Format kFormats[]{{"idx", idx},
                            {"gzip", gzip},
                            {"config", config},
                            {"set", set},
                            {"sweep_values", sweep_values},
                            {"sweep_flags", sweep_flags},
                            {"sweep_spec", sweep_spec},
                            {"safetensors", safetensors},
                            {"checkpoint", checkpoint},
                            {"table", table},
                            {"summary", summary},
                            {"sweep_summary", sweep_summary},
                            {"config_diff", config_diff},
                            {"logged_run", logged_run},
                            {"report", report}};

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

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, testing::ValuesIn(kFormats),
                         [](const auto& instance) { return instance.param.name; });

TEST(CorpusFolders, AreThoseOfTheHarnesses) {  // scripts/fuzz.sh runs a harness for each folder
    std::set<std::string> names;
    for (const Format& format : kFormats) names.insert(format.name);
    std::set<std::string> folders;
    for (const auto& entry : std::filesystem::directory_iterator(BNRUN_SOURCE_DIR "/tests/fuzz/corpus")) {
        folders.insert(entry.path().filename().string());
    }
    EXPECT_EQ(folders, names);
}

}  // namespace
}  // namespace bnrun::fuzz
