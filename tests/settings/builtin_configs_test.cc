// The configs in the program, beside the files they come from.
#include "settings/builtin_configs.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "base/input_file.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(BuiltinConfigs, AreTheFilesOfTheFolderByteForByte) {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(BNRUN_SOURCE_DIR "/configs")) {
        if (entry.path().extension() != ".json") continue;
        ++files;
        const BuiltinConfig* const config = find_builtin_config(entry.path().stem().string());
        ASSERT_NE(config, nullptr) << entry.path();
        EXPECT_EQ(config->text, read_file(entry.path().string(), kAnySize, Pipes::kRefused)) << entry.path();
    }
    EXPECT_EQ(builtin_configs().size(), files);
}

TEST(BuiltinConfigs, AreInTheOrderOfTheirNamesAndSayWhatTheyAre) {
    std::string_view before;
    for (const BuiltinConfig& config : builtin_configs()) {
        EXPECT_LT(before, config.name);
        EXPECT_GT(description_of(config).size(), 10U) << config.name;
        EXPECT_EQ(description_of(config).find('\n'), std::string_view::npos) << config.name;
        before = config.name;
    }
    EXPECT_EQ(description_of({"x", "// What it is.\n{}\n"}), "What it is.");
    EXPECT_EQ(description_of({"x", "{}\n// no description\n"}), "");
    EXPECT_EQ(description_of({"x", "// All there is."}), "All there is.");
}

TEST(BuiltinConfigs, AreFoundWithAndWithoutJson) {
    const BuiltinConfig* const found = find_builtin_config("sigmoid10_bn");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->name, "sigmoid10_bn");
    EXPECT_EQ(find_builtin_config("sigmoid10_bn.json"), found);
    for (const char* name : {"sigmoid10_b", "configs/sigmoid10_bn", "sigmoid10_bn.json.json", ".json", ""}) {
        EXPECT_EQ(find_builtin_config(name), nullptr) << name;
    }
}

TEST(BuiltinConfigs, AnUnknownNameGetsTheNearest) {
    EXPECT_EQ(builtin_config("tanh10").name, "tanh10");
    expect_error<ConfigError>([] { builtin_config("sigmoid10_bm.json"); },
                              {"sigmoid10_bm.json: no such config in the program; did you mean \"sigmoid10_bn\"?; "});
    expect_error<ConfigError>([] { builtin_config("unlike_any"); },
                              {"unlike_any: no such config in the program; bnrun configs lists them"});
    EXPECT_EQ(config_suggestion("x", {}), "");
}

}  // namespace
}  // namespace bnrun
