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
