#include "experiment/run_config.h"

#include <gtest/gtest.h>

#include "files/safetensors.h"
#include "settings/json.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(RunConfig, HasTheTextOfItsConfigAndThatTextsChecksum) {
    const RunConfig run(parse_config("{}", "some.json", {}).config);
    EXPECT_EQ(run.text, config_text(run.values));
    EXPECT_EQ(RunConfig(parse_config(run.text, "other.json", {}).config).sha256, run.sha256);
    Config other = run.values;
    other.seed = 2;
    EXPECT_NE(RunConfig(other).sha256, run.sha256);
}

class RunConfigDirectory : public testing::Test {
  protected:
    RunConfigDirectory() {
        std::filesystem::create_directories(scratch.path("here/data"));
        std::filesystem::create_directories(scratch.path("there/data"));
        std::filesystem::current_path(scratch.path("here"));
        config.name = "run";
        config.data.source = Source::kIdx;
        config.data.dir = "data";
    }
    ~RunConfigDirectory() override { std::filesystem::current_path(before); }

    [[nodiscard]] std::optional<std::string> stored() const {
        const std::string text = RunConfig(config).stored_text();
        const DataConfig data = parse_config(text, "config.json", {}).config.data;
        EXPECT_EQ(data.dir, config.data.dir);
        return data.absolute_dir;
    }

    std::filesystem::path before = std::filesystem::current_path();
    Scratch scratch;
    Config config;
};

TEST_F(RunConfigDirectory, ARelativeDirectoryIsStoredAbsoluteToo) {
    EXPECT_EQ(stored(), scratch.path("here/data"));
    config.data.dir = "../there/./data";
    EXPECT_EQ(stored(), scratch.path("there/data"));
    config.data.dir = "nowhere";
    EXPECT_EQ(stored(), scratch.path("here/nowhere"));
}

TEST_F(RunConfigDirectory, OneThatIsAbsoluteAbsentOrWithoutEffectIsStoredAsBefore) {
    config.data.dir = scratch.path("here/data");
    EXPECT_EQ(RunConfig(config).stored_text(), config_text(config));
    config.data.dir.reset();
    EXPECT_EQ(RunConfig(config).stored_text(), config_text(config));
    config.data.dir = "data";
    config.data.source = Source::kSynthetic;
    EXPECT_EQ(RunConfig(config).stored_text(), config_text(config));
}

TEST_F(RunConfigDirectory, WhereItWasStaysAsLongAsItIsThere) {
    config.data.absolute_dir = scratch.path("there/data");
    EXPECT_EQ(stored(), scratch.path("there/data"));
    config.data.absolute_dir = scratch.path("gone");  // as on another machine
    EXPECT_EQ(stored(), scratch.path("here/data"));
    config.data.dir = "nowhere";
    EXPECT_EQ(stored(), scratch.path("gone"));
}

TEST_F(RunConfigDirectory, WhereItWasTellsNoTwoRunsApart) {
    const RunConfig asked(config);
    config.data.absolute_dir = scratch.path("there/data");
    const RunConfig again(config);
    EXPECT_EQ(asked.text, again.text);
    EXPECT_EQ(asked.sha256, again.sha256);
    EXPECT_EQ(asked.text.find("absolute_dir"), std::string::npos);
    EXPECT_EQ(model_bytes(asked, {}), model_bytes(again, {}));
}

TEST(ModelBytes, AreTheTensorsAndTheConfigsText) {
    const RunConfig run{Config()};
    const TensorMap model{{"layers.0.weight", {Precision::kFloat32, {1, 2}, {0.5, -1}}}};
    const Scratch scratch;
    const TensorFile file = read_safetensors(scratch.put("model.safetensors", model_bytes(run, model)));
    EXPECT_EQ(file.metadata.at("config"), run.text);
    EXPECT_EQ(file.metadata.at("format"), "bnrun");
    EXPECT_EQ(file.tensors.at("layers.0.weight").values, (std::vector<double>{0.5, -1}));
}

}  // namespace
}  // namespace bnrun
