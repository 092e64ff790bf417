#include "settings/brief.h"

#include <gtest/gtest.h>

#include "settings/json.h"

namespace bnrun {
namespace {

Config brief_config(const std::string& text) { return parse_config(text, "some.json", {}).config; }

ConfigValues changed(const std::string& text) { return changed_settings(brief_config(text)); }

TEST(ChangedSettings, AreThoseThatAreNotTheDefault) {
    EXPECT_EQ(changed("{}"), ConfigValues());
    EXPECT_EQ(
        changed(R"({"name": "x", "seed": 1, "train": {"epochs": 2}, "model": {"activation": "relu", "width": 200}})"),
        (ConfigValues{{"model.activation", "\"relu\""}, {"train.epochs", "2"}}));
    EXPECT_EQ(changed(R"({"model": {"hidden": [3, 4]}})"), (ConfigValues{{"model.hidden", "[3,4]"}}));
}

TEST(ChangedSettings, OfANormalizationAreThoseThatAreNotItsKinds) {
    EXPECT_EQ(changed(R"({"model": {"batch_norm": true}})"), (ConfigValues{{"model.batch_norm.enabled", "true"}}));
    EXPECT_EQ(changed(R"({"model": {"normalization": "layer"}})"),
              (ConfigValues{{"model.normalization.kind", "\"layer\""}}));
    EXPECT_EQ(changed(R"({"model": {"normalization": {"kind": "rms", "epsilon": 0.5}}})"),
              (ConfigValues{{"model.normalization.kind", "\"rms\""}, {"model.normalization.epsilon", "0.5"}}));
}

TEST(InShort, SaysWhatOneAsksForFirst) {
    EXPECT_EQ(in_short(Config()), "10x200 sigmoid, rmsprop 4e-05, 1 epoch, seed 1");
    EXPECT_EQ(in_short(brief_config(R"({"seed": 7, "precision": "float64", "data": {"source": "synthetic"},
        "model": {"hidden": [30, 20], "activation": "relu", "batch_norm": true, "dropout": 0.5},
        "train": {"epochs": 3, "l2": 0.001, "optimizer": {"name": "adam", "learning_rate": 0.01}}})")),
              "30-20 relu, batch, dropout 0.5, adam 0.01, l2 0.001, 3 epochs, seed 7, synthetic, float64");
}

TEST(InShort, CountsTheLayersOfAList) {
    EXPECT_EQ(
        in_short(brief_config(R"({"model": {"layers": [{"kind": "conv", "channels": 4, "kernel": 3}, {"kind": "pool"},
        {"kind": "residual", "layers": [{"kind": "conv", "channels": 4, "kernel": 3, "padding": 1}]},
        {"kind": "dense", "units": 10}]}})"))
            .substr(0, 39),
        "2 conv + 1 dense + 1 residual sigmoid, ");
}

}  // namespace
}  // namespace bnrun
