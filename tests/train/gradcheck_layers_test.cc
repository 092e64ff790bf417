// Gradients of nets of layers: every kind of layer with every normalization, placement and activation.
#include <gtest/gtest.h>

#include <cctype>

#include "math/random.h"
#include "settings/json.h"
#include "train/gradcheck.h"

namespace bnrun {
namespace {

/// 20 samples of 2x5x5 random pixels in 3 classes.
Dataset random_images() {
    Random random(12, Stream::kCheck);
    Dataset dataset;
    dataset.shape = {2, 5, 5};
    dataset.classes = 3;
    for (int i = 0; i < 20; ++i) {
        for (int f = 0; f < 50; ++f) dataset.train.images.push_back(static_cast<std::uint8_t>(random.below(256)));
        dataset.train.labels.push_back(static_cast<std::uint8_t>(random.below(3)));
    }
    dataset.test = dataset.train;
    return dataset;
}

struct Net {
    std::string name;
    std::string model;
};

void expect_right_gradients(const Net& net) {
    ThreadTeam team(1);
    const Config config =
        parse_config(
            R"({"train": {"batch_size": 8}, "model": {"init": {"scheme": "xavier_normal"}, )" + net.model + "}}",
            net.name, {})
            .config;
    std::int64_t judged = 0;
    for (const GradcheckRow& row : gradcheck(config, random_images(), {}, team)) {
        EXPECT_LE(row.relative_error, kGradcheckLimit) << net.name << ": " << row.tensor << " entry " << row.entry
                                                       << ": " << row.back_propagated << ", " << row.difference;
        judged += row.checked - row.unjudged;
    }
    EXPECT_GT(judged, 20) << net.name;
}

std::vector<Net> all_combinations() {
    std::vector<Net> nets;
    const std::vector<std::string> layers{R"({"kind": "dense", "units": 6)",
                                          R"({"kind": "conv", "channels": 6, "kernel": 3, "padding": 1)",
                                          R"({"kind": "conv", "channels": 4, "kernel": 2, "stride": 2)"};
    const std::vector<std::string> normalizations{"none", "batch", "layer", "rms", "group", "weight"};
    for (std::size_t l = 0; l < layers.size(); ++l) {
        for (const std::string& kind : normalizations) {
            for (const char* placement : {"pre_activation", "post_activation"}) {
                const bool has_placement = kind != "none" && kind != "weight";
                if (!has_placement && placement == std::string("post_activation")) continue;
                for (const std::string_view activation : kActivationNames) {
                    const std::string groups = kind == "group" ? R"(, "groups": 2)" : "";
                    const std::string object = !has_placement
                                                   ? "\"" + kind + "\""
                                                   : R"({"kind": ")" + kind + R"(", "epsilon": 0.01, "placement": ")" +
                                                         placement + "\"" + groups + "}";
                    nets.push_back(
                        {"layer" + std::to_string(l) + "_" + kind + "_" + placement + "_" + std::string(activation),
                         R"("activation": ")" + std::string(activation) + R"(", "layers": [)" + layers[l] +
                             R"(, "normalization": )" + object + "}]"});
                }
            }
        }
    }
    return nets;
}

class GradcheckLayers : public testing::TestWithParam<Net> {};

TEST_P(GradcheckLayers, BackPropagationIsTheCentralDifference) { expect_right_gradients(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Combinations, GradcheckLayers, testing::ValuesIn(all_combinations()),
                         [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Mixtures, GradcheckLayers,
    testing::Values(
        Net{"lenet",
            R"("activation": "relu", "batch_norm": true, "layers": [{"kind": "conv", "channels": 3, "kernel": 2},
            {"kind": "pool"}, {"kind": "conv", "channels": 4, "kernel": 2}, {"kind": "dense", "units": 5}])"},
        Net{"local_responses", R"("activation": "tanh", "layers": [{"kind": "conv", "channels": 5, "kernel": 2},
            {"kind": "lrn", "alpha": 0.5}, {"kind": "pool", "pooling": "mean", "size": 3, "stride": 2, "rounding": "ceil"},
            {"kind": "lrn", "across": false, "size": 3, "alpha": 0.5, "alpha_per": "one"}, {"kind": "dense", "units": 4}])"},
        Net{"residual_of_convolutions", R"("activation": "sigmoid", "batch_norm": true, "layers": [
            {"kind": "conv", "channels": 3, "kernel": 3}, {"kind": "residual", "learn_scale": true, "scale": 0.7,
             "layers": [{"kind": "conv", "channels": 3, "kernel": 3, "padding": "same"},
                        {"kind": "conv", "channels": 3, "kernel": 3, "padding": "same", "activation": "none"}]},
            {"kind": "dense", "units": 4}])"},
        Net{"residual_in_a_residual", R"("activation": "tanh", "normalization": "layer", "layers": [
            {"kind": "dense", "units": 6}, {"kind": "residual", "layers": [{"kind": "dense", "units": 6},
             {"kind": "residual", "learn_scale": true, "scale": 0.5, "layers": [{"kind": "dense", "units": 6}]}]}])"},
        Net{"residual_at_the_data", R"("activation": "tanh", "layers": [{"kind": "residual", "layers": [
            {"kind": "conv", "channels": 2, "kernel": 3, "padding": 1}]}, {"kind": "pool"}, {"kind": "dense", "units": 4}])"},
        Net{"pool_first_and_dropouts", R"("activation": "sigmoid", "dropout": 0.2, "layers": [
            {"kind": "dropout", "rate": 0.1}, {"kind": "pool"}, {"kind": "conv", "channels": 3, "kernel": 2},
            {"kind": "dropout", "rate": 0.3}, {"kind": "dense", "units": 5}])"},
        Net{"one_of_each_normalization", R"("activation": "prelu", "layers": [
            {"kind": "conv", "channels": 4, "kernel": 2, "normalization": "batch", "bias": false},
            {"kind": "conv", "channels": 4, "kernel": 2, "normalization": {"kind": "group", "groups": 2}},
            {"kind": "dense", "units": 5, "normalization": "rms"}, {"kind": "dense", "units": 5, "normalization": "weight"},
            {"kind": "dense", "units": 5, "normalization": "layer", "activation": "none"}])"}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace bnrun
