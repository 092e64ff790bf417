#include "settings/layers.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "settings/json.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

Config parse_layers(const std::string& layers, const std::vector<Override>& overrides = {}) {
    return parse_config(R"({"model": {"layers": )" + layers + "}}", "some.json", overrides).config;
}

void refuse_layers(const std::string& layers, std::initializer_list<const char*> texts) {
    expect_error<ConfigError>([&] { parse_layers(layers); }, texts);
}

TEST(Layers, ReadsEachKindAndItsDefaults) {
    const auto layers = parse_layers(R"([{"kind": "conv", "channels": 8, "kernel": [3, 5], "padding": "same"},
        {"kind": "pool"}, {"kind": "pool", "size": 3, "stride": 2, "rounding": "ceil", "pooling": "mean"},
        {"kind": "lrn"}, {"kind": "dropout", "rate": 0.25},
        {"kind": "residual", "scale": 0, "learn_scale": true, "layers": [{"kind": "dense", "units": 4}]}])")
                            .layers();
    ASSERT_EQ(layers.size(), 6U);
    EXPECT_EQ(layers[0].units, 8);
    EXPECT_EQ(layers[0].kernel, (std::array<std::int64_t, 2>{3, 5}));
    EXPECT_EQ(layers[0].stride, 1);
    EXPECT_FALSE(layers[0].padding.has_value());
    EXPECT_EQ(layers[1].size, 2);
    EXPECT_EQ(layers[1].stride, 2);
    EXPECT_EQ(layers[2].stride, 2);
    EXPECT_EQ(layers[2].rounding, Rounding::kCeil);
    EXPECT_EQ(layers[3].size, 5);
    EXPECT_EQ(layers[3].alpha, 1e-4);
    EXPECT_EQ(layers[4].rate, 0.25);
    EXPECT_EQ(layers[5].scale, 0);
    EXPECT_TRUE(layers[5].learn_scale);
    EXPECT_EQ(layers[5].layers.front().units, 4);
}

TEST(Layers, WhatDependsOnTheKindHasItsDefault) {
    const auto norm = [](const std::string& text) {
        return *parse_layers(R"([{"kind": "dense", "units": 4, "normalization": )" + text + "}]")
                    .layers()
                    .front()
                    .normalization;
    };
    EXPECT_EQ(norm(R"("batch")").epsilon, 1e-10);
    EXPECT_EQ(norm(R"("layer")").epsilon, 1e-5);
    EXPECT_TRUE(norm(R"("layer")").beta.learn);
    EXPECT_FALSE(norm(R"("rms")").beta.learn);
    EXPECT_TRUE(norm(R"({"kind": "rms", "beta": true})").beta.learn);
    EXPECT_EQ(norm(R"({"kind": "rms", "epsilon": 0.1, "placement": "post_activation"})").epsilon, 0.1);
    EXPECT_EQ(norm(R"({"kind": "group", "groups": 2, "gamma": false})").groups, 2);
}

TEST(Layers, AConfigsTextGivesTheSameLayers) {
    const std::string layers = R"([{"kind": "conv", "channels": 8, "kernel": [3, 5], "padding": "same", "bias": false,
        "activation": "none", "normalization": {"kind": "group", "groups": 2, "beta": {"init": 0.5}},
        "init": {"scheme": "gaussian", "std": 0.1, "gain": 2}},
        {"kind": "lrn", "across": false, "alpha_per": "one", "k": 2},
        {"kind": "residual", "layers": [{"kind": "dense", "units": 4, "normalization": "rms", "init": "orthogonal"}]}])";
    const std::string text = config_text(parse_layers(layers));
    EXPECT_EQ(config_text(parse_config(text, "some.json", {}).config), text);
    EXPECT_NE(text.find(R"("normalization": "rms")"), std::string::npos);
    EXPECT_EQ(text.find("\"depth\""), std::string::npos);
}

TEST(Layers, AMistakeNamesTheEntryAndTheKey) {
    refuse_layers("[]", {"some.json: model.layers: [] is not allowed; expected a list of 1 to 1000 layers"});
    refuse_layers(R"([{"units": 4}])", {"model.layers[0]: \"kind\" is missing; expected one of dense, conv"});
    refuse_layers(R"([{"kind": "cnv"}])", {"model.layers[0].kind: \"cnv\" is not allowed; expected one of dense"});
    refuse_layers(R"([{"kind": "dense"}])", {"model.layers[0]: a layer of kind dense needs \"units\""});
    refuse_layers(R"([{"kind": "dense", "units": 4, "kernel": 3}])",
                  {"model.layers[0]: a layer of kind dense has no key \"kernel\""});
    refuse_layers(R"([{"kind": "pool"}, {"kind": "conv", "channels": 2, "kernel": 0}])",
                  {"model.layers[1].kernel: 0 is not allowed; expected a whole number of at least 1"});
    refuse_layers(R"([{"kind": "residual", "layers": [{"kind": "dropout", "rate": 1}]}])",
                  {"model.layers[0].layers[0].rate: 1 is not allowed; expected a number of at least 0 and below 1"});
    refuse_layers(R"([{"kind": "dense", "units": 4, "normalization": {"kind": "layer", "epsilon": 0}}])",
                  {"model.layers[0].normalization.epsilon: 0 is not allowed; expected a number above 0"});
    refuse_layers(R"([{"kind": "dense", "units": 4, "normalization": "group"}])",
                  {"model.layers[0].normalization.groups: missing"});
    refuse_layers(R"([{"kind": "dense", "units": 4, "init": "gaussian"}])", {"model.layers[0].init.std: missing"});
}

TEST(Layers, OneWayToGiveThem) {
    expect_error<ConfigError>(
        [] {
            parse_layers(R"([{"kind": "pool"}])", {{"model.depth", "3"}});
        },
        {"--set model.depth=3: model.layers and model.depth are both given"});
    expect_error<ConfigError>(
        [] {
            parse_layers(R"([{"kind": "pool"}])", {{"model.hidden", "[3]"}});
        },
        {"model.layers and model.hidden are both given"});
    EXPECT_EQ(parse_layers("null", {{"model.layers", R"([{"kind": "dense", "units": 5}])"}}).layers().front().units, 5);
}

}  // namespace
}  // namespace bnrun
