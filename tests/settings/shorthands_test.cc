#include "settings/shorthands.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "settings/json.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

std::string text_of(const std::string& model, const std::vector<Override>& overrides = {}) {
    return config_text(parse_config(R"({"model": )" + model + "}", "some.json", overrides).config);
}

TEST(Shorthands, NormalizationOfKindBatchIsBatchNorm) {
    EXPECT_EQ(text_of(R"({"normalization": "batch"})"), text_of(R"({"batch_norm": true})"));
    EXPECT_EQ(text_of(R"({"normalization": "none"})"), text_of(R"({"batch_norm": false})"));
    EXPECT_EQ(text_of(R"({"normalization": {"kind": "batch", "gamma": false, "epsilon": 0.5}})"),
              text_of(R"({"batch_norm": {"gamma": {"learn": false}, "epsilon": 0.5}})"));
    EXPECT_EQ(text_of("{}", {{"model.normalization", "batch"}}), text_of("{}", {{"model.batch_norm", "true"}}));
}

TEST(Shorthands, TheLaterOneTakesTheFilesPlace) {
    EXPECT_EQ(text_of(R"({"batch_norm": true})", {{"model.normalization", "layer"}}),
              text_of(R"({"normalization": "layer"})"));
    EXPECT_EQ(text_of(R"({"normalization": "layer"})", {{"model.batch_norm", "true"}}),
              text_of(R"({"batch_norm": true})"));
    EXPECT_EQ(text_of(R"({"batch_norm": true})", {{"model.normalization.epsilon", "0.5"}}),
              text_of(R"({"batch_norm": {"epsilon": 0.5}})"));
    EXPECT_EQ(text_of(R"({"normalization": "layer"})", {{"model.normalization.epsilon", "0.5"}}),
              text_of(R"({"normalization": {"kind": "layer", "epsilon": 0.5}})"));
}

TEST(Shorthands, BothAtOnceAreRefused) {
    expect_error<ConfigError>([] { text_of(R"({"batch_norm": true, "normalization": "layer"})"); },
                              {"some.json: model.batch_norm and model.normalization are both given"});
    expect_error<ConfigError>(
        [] {
            text_of("{}", {{"model.batch_norm", "true"}, {"model.normalization.kind", "layer"}});
        },
        {"--set model.normalization.kind=layer: model.batch_norm and model.normalization are both given"});
}

TEST(Shorthands, AKindIsNeededAndMustBeOne) {
    expect_error<ConfigError>([] { text_of(R"({"normalization": {"epsilon": 0.5}})"); },
                              {"some.json: model.normalization.kind: missing; expected none, batch, layer"});
    expect_error<ConfigError>([] { text_of(R"({"normalization": "layr"})"); },
                              {"model.normalization.kind: \"layr\" is not allowed; expected one of none, batch"});
    expect_error<ConfigError>([] { text_of(R"({"normalization": "group"})"); },
                              {"model.normalization.groups: missing"});
}

TEST(Shorthands, OtherKindsAreWrittenAsThemselves) {
    const std::string text = text_of(R"({"normalization": "rms"})");
    EXPECT_EQ(text.find("batch_norm"), std::string::npos);
    EXPECT_NE(text.find(R"("kind": "rms")"), std::string::npos);
    EXPECT_EQ(text.find("inference"), std::string::npos);
    EXPECT_EQ(config_text(parse_config(text, "some.json", {}).config), text);
}

}  // namespace
}  // namespace bnrun
