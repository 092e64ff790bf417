#include "settings/layer_keys.h"

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

const LayerKey& layer_key(const std::string& name) {
    for (const LayerKey& key : layer_keys()) {
        if (key.name == name) return key;
    }
    throw std::out_of_range(name);
}

TEST(LayerKeys, WhatIsSetIsWhatIsWritten) {
    for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{{"units", "7"},
                                                                                     {"channels", "7"},
                                                                                     {"kernel", "[3,5]"},
                                                                                     {"pooling", "\"mean\""},
                                                                                     {"across", "false"},
                                                                                     {"size", "3"},
                                                                                     {"stride", "2"},
                                                                                     {"padding", "\"same\""},
                                                                                     {"rounding", "\"ceil\""},
                                                                                     {"alpha", "-0.5"},
                                                                                     {"beta", "0.25"},
                                                                                     {"k", "2.0"},
                                                                                     {"alpha_per", "\"one\""},
                                                                                     {"bias", "false"},
                                                                                     {"activation", "\"relu\""},
                                                                                     {"normalization", "\"rms\""},
                                                                                     {"init", "\"orthogonal\""},
                                                                                     {"scale", "0.5"},
                                                                                     {"learn_scale", "true"},
                                                                                     {"rate", "0.5"}}) {
        LayerConfig layer;
        const LayerKey& key = layer_key(name);
        EXPECT_NE(key.get(layer), OrderedJson::parse(text)) << name << " is not tested";
        key.set(layer, OrderedJson::parse(text), {"some.json", name});
        EXPECT_EQ(key.get(layer).dump(), text) << name;
    }
}

TEST(LayerKeys, RefuseWhatIsOutsideTheirLimits) {
    for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{{"units", "0"},
                                                                                     {"units", "65537"},
                                                                                     {"kernel", "0"},
                                                                                     {"kernel", "[3]"},
                                                                                     {"pooling", "\"min\""},
                                                                                     {"stride", "1.5"},
                                                                                     {"k", "0"},
                                                                                     {"bias", "1"},
                                                                                     {"rate", "1"},
                                                                                     {"rate", "-0.1"},
                                                                                     {"scale", "\"1\""}}) {
        LayerConfig layer;
        expect_error<ConfigError>(
            [&, key = name, value = text] {
                layer_key(key).set(layer, OrderedJson::parse(value), {"some.json", "model.layers[0]." + key});
            },
            {("some.json: model.layers[0]." + name + ": " + text + " is not allowed; expected ").c_str()});
    }
}

TEST(LayerKeys, AreOfTheKindsThatHaveThem) {
    EXPECT_TRUE(has_key(layer_key("stride"), LayerKind::kConv) && has_key(layer_key("stride"), LayerKind::kPool));
    EXPECT_FALSE(has_key(layer_key("stride"), LayerKind::kDense));
    EXPECT_EQ(one_of_layer_kinds(), "one of dense, conv, pool, lrn, residual, dropout");
}

TEST(Complete, GivesWhatDependsOnTheKindAndWasNotGiven) {
    NormalizationConfig rms;
    rms.kind = Normalization::kRms;
    complete(rms, {"epsilon"});
    EXPECT_EQ(rms.epsilon, 1e-10);
    EXPECT_FALSE(rms.beta.learn);
    complete(rms, {"beta.init"});
    EXPECT_EQ(rms.epsilon, 1e-5);
    EXPECT_TRUE(rms.beta.learn) << "a first value is for a shift that is learned";
    NormalizationConfig batch;
    batch.kind = Normalization::kBatch;
    batch.epsilon = 1;
    complete(batch, {});
    EXPECT_EQ(batch.epsilon, 1e-10);
    EXPECT_TRUE(batch.beta.learn);
}

}  // namespace
}  // namespace bnrun
