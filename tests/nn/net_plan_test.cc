#include "nn/net_plan.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "nn/tensor_list.h"
#include "support/plans.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

void refuse(const std::string& text, const Shape& input, std::initializer_list<const char*> texts) {
    expect_error<ConfigError>([&] { plan_of(text, input); }, texts);
}

TEST(PlanNet, ShapesOfLeNet) {
    const auto plan = plan_of(R"({"model": {"layers": [
        {"kind": "conv", "channels": 20, "kernel": 5}, {"kind": "pool"},
        {"kind": "conv", "channels": 50, "kernel": 5}, {"kind": "pool"}, {"kind": "dense", "units": 500}]}})",
                              {1, 28, 28}, 10);
    ASSERT_EQ(plan.size(), 6U);
    EXPECT_EQ(plan[0].out, (Shape{20, 24, 24}));
    EXPECT_EQ(plan[1].out, (Shape{20, 12, 12}));
    EXPECT_EQ(plan[2].out, (Shape{50, 8, 8}));
    EXPECT_EQ(plan[3].out, (Shape{50, 4, 4}));
    EXPECT_EQ(plan[4].out, (Shape{500}));
    EXPECT_TRUE(plan[5].is_output);
    EXPECT_EQ(plan[0].number, 0U);
    EXPECT_EQ(plan[5].number, 3U);
    EXPECT_EQ(parameters_of(plan[0]), 520);
    EXPECT_EQ(parameters_of(plan[2]), 25050);
    EXPECT_EQ(plan[2].multiply_adds(), 50.0 * 64 * 500);
    EXPECT_EQ(plan[2].fan_in(), 500);
    EXPECT_EQ(plan[2].fan_out(), 1250);
    EXPECT_EQ(plan[4].weight_shape(), (std::vector<std::int64_t>{500, 800}));
}

TEST(PlanNet, PaddingAndStride) {
    const auto plan = plan_of(R"({"model": {"layers": [
        {"kind": "conv", "channels": 2, "kernel": [3, 5], "padding": "same"},
        {"kind": "conv", "channels": 4, "kernel": 3, "padding": 1, "stride": 2}]}})",
                              {3, 9, 12});
    EXPECT_EQ(plan[0].padding(), (std::array<Index, 2>{1, 2}));
    EXPECT_EQ(plan[0].out, (Shape{2, 9, 12}));
    EXPECT_EQ(plan[1].out, (Shape{4, 5, 6}));
}

TEST(PlanNet, WhatAnEntryDoesNotSayIsTheModels) {
    const auto plan = plan_of(R"({"model": {"activation": "tanh", "normalization": "layer", "layers": [
        {"kind": "dense", "units": 4}, {"kind": "dense", "units": 4, "activation": "none", "normalization": "none",
         "init": "he_normal"}]}})",
                              6);
    EXPECT_EQ(plan[0].config.activation, Activation::kTanh);
    EXPECT_EQ(plan[0].config.normalization->kind, Normalization::kLayer);
    EXPECT_EQ(plan[0].config.init->scheme, InitScheme::kPublished);
    EXPECT_EQ(plan[1].config.activation, Activation::kLinear);
    EXPECT_EQ(plan[1].config.normalization->kind, Normalization::kNone);
    EXPECT_EQ(plan[1].config.init->scheme, InitScheme::kHeNormal);
    EXPECT_EQ(plan[2].config.normalization->kind, Normalization::kNone);  // the output layer's
}

TEST(PlanNet, CountsLayersWithWeightsResidualsAndDropoutsApart) {
    const auto plan = plan_of(R"({"model": {"dropout": 0.5, "layers": [
        {"kind": "dense", "units": 4}, {"kind": "dropout", "rate": 0.1},
        {"kind": "residual", "layers": [{"kind": "dense", "units": 4}]},
        {"kind": "residual", "layers": [{"kind": "dense", "units": 5}, {"kind": "dense", "units": 4}]}]}})",
                              6);
    std::string text;
    for_each_layer(plan, [&](const LayerPlan& layer) {
        text += std::string(kLayerKindNames.at(static_cast<std::size_t>(layer.config.kind))) + " " +
                std::to_string(layer.number) + "\n";
    });
    EXPECT_EQ(text,
              "dense 0\ndropout 0\ndropout 32768\ndense 1\ndropout 1\nresidual 0\ndense 2\ndropout 2\ndense 3\n"
              "dropout 3\nresidual 1\ndense 4\n");
}

TEST(PlanNet, ALayerThatDoesNotFitNamesItsEntryAndBothShapes) {
    refuse(R"({"model": {"layers": [{"kind": "conv", "channels": 2, "kernel": 5}]}})", {1, 4, 9},
           {"some.json: model.layers[0]: a kernel of 5x5 does not fit its input, 1 channel of 4x9 with padding 0"});
    refuse(R"({"model": {"layers": [{"kind": "dense", "units": 7}, {"kind": "conv", "channels": 2, "kernel": 2}]}})",
           {1, 4, 4}, {"model.layers[1]: a kernel of 2x2 does not fit its input, 7 units"});
    refuse(R"({"model": {"layers": [{"kind": "pool", "size": 3}]}})", {2, 2, 5},
           {"model.layers[0]: pooling of 3x3 is larger than its input, 2 channels of 2x5"});
    refuse(R"({"model": {"layers": [{"kind": "residual", "layers": [{"kind": "dense", "units": 3}]}]}})", 6,
           {"model.layers[0]: its layers make 3 units of 6 units; expected the same shape"});
    refuse(R"({"model": {"layers": [{"kind": "conv", "channels": 6, "kernel": 1,
               "normalization": {"kind": "group", "groups": 4}}]}})",
           {1, 2, 2}, {"model.layers[0]: normalization in 4 groups does not divide 6 channels of 2x2"});
    refuse(R"({"model": {"hidden": [6], "normalization": {"kind": "group", "groups": 4}}})", 6,
           {"some.json: model: normalization in 4 groups does not divide 6 units"});
}

}  // namespace
}  // namespace bnrun
