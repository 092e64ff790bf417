#include "nn/dense_field.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/plans.h"

namespace bnrun {
namespace {

constexpr BatchPairs kSmallBatch{20, 2};  // 9 others of the class, 10 of the other one

/// A layer of 50 units after 100, whose weights have the variance 0.04.
LayerPlan layer_of(const std::string& keys) {
    return plan_of(R"({"model": {"hidden": [50], "init": {"scheme": "gaussian", "std": 0.2})" + keys + "}}", 100)
        .front();
}

FieldState state_of(const Kernel& kernel, double mean = 0) { return {{kernel, mean}, ""}; }

void expect_kernel(const Kernel& kernel, double square, double same, double other) {
    EXPECT_NEAR(kernel.square, square, 1e-8 * std::abs(square));
    EXPECT_NEAR(kernel.same, same, 1e-8 * (1 + std::abs(same)));
    EXPECT_NEAR(kernel.other, other, 1e-8 * (1 + std::abs(other)));
}

TEST(DenseField, SumsHaveTheVarianceOfWeightsTimesTheInputs) {
    FieldState state = state_of({2, 1, 0.5});
    const LayerPlan layer = layer_of(R"(, "activation": "linear")");
    const DenseField field(layer, kSmallBatch, state);
    EXPECT_NEAR(field.variance, 100 * 0.04 * 2, 1e-12);
    expect_kernel(state.signal.kernel, 8, 4, 2);
    EXPECT_NEAR(state.signal.mean, 0, 1e-12);
}

// |dW|^2 = in / B^2 times the sum over pairs of d . d' x . x'.
TEST(DenseField, TheWeightGradientAddsUpOverPairsOfSamples) {
    FieldState state = state_of({2, 1, 0.5});
    const LayerPlan layer = layer_of(R"(, "activation": "relu")");
    DenseField field(layer, kSmallBatch, state);
    FieldGradient dy{{6, 3, -1}, 0, ""};
    field.backward(dy);
    const Kernel slope = slopes(Activation::kRelu, {{8, 4, 2}, 0});
    EXPECT_NEAR(field.squared_gradient, 6 * 0.5, 1e-8);
    const double sum = 20 * 3 * 2 + 20 * 9 * (3 * slope.same) * 1 + 20 * 10 * (-slope.other) * 0.5;
    EXPECT_NEAR(field.weight_gradient, std::sqrt(100 * sum) / 20, 1e-8);
    expect_kernel(dy.kernel, 4 * 6 * 0.5, 4 * 3 * slope.same, 4 * -slope.other);
}

TEST(DenseField, BatchNormalizationCentresAndScalesByTheVarianceOverTheBatch) {
    FieldState state = state_of({8, 4, 2});
    const LayerPlan layer = layer_of(R"(, "batch_norm": {"gamma": {"init": 3}, "beta": {"init": 0.5}})");
    const NormStep step = normalize(layer, Placement::kPreActivation, kSmallBatch, state);
    const double shared = (9 * 4 + 10 * 2) / 19.0;
    const double variance = 8 - shared;
    EXPECT_TRUE(step.centres);
    EXPECT_NEAR(step.scale, 9 / variance, 1e-8);
    expect_kernel(state.signal.kernel, 9 + 0.25, 9 * (4 - shared) / variance + 0.25,
                  9 * (2 - shared) / variance + 0.25);
    EXPECT_DOUBLE_EQ(state.signal.mean, 0.5);
}

TEST(DenseField, LayerNormalizationTakesTheMeanOverUnitsAway) {
    FieldState state = state_of({8, 4, 2}, 1);
    const LayerPlan layer = layer_of(R"(, "normalization": {"kind": "layer", "epsilon": 1, "gamma": {"init": 2}})");
    const NormStep step = normalize(layer, Placement::kPreActivation, kSmallBatch, state);
    EXPECT_FALSE(step.centres);
    EXPECT_NEAR(step.scale, 4 / 8.0, 1e-12);
    expect_kernel(state.signal.kernel, 4 * 7 / 8.0, 4 * 3 / 8.0, 4 * 1 / 8.0);
    EXPECT_DOUBLE_EQ(state.signal.mean, 0);
}

TEST(DenseField, RmsNormalizationKeepsTheMean) {
    FieldState state = state_of({4, 2, 1}, 1);
    const LayerPlan layer = layer_of(
        R"(, "normalization": {"kind": "rms", "epsilon": 1e-30, "placement": "post_activation", "beta": {"init": 3}})");
    const NormStep step = normalize(layer, Placement::kPostActivation, kSmallBatch, state);
    EXPECT_NEAR(step.scale, 1 / 4.0, 1e-12);
    expect_kernel(state.signal.kernel, 1 + 2 * 3 * 0.5 + 9, 0.5 + 3 + 9, 0.25 + 3 + 9);
    EXPECT_DOUBLE_EQ(state.signal.mean, 0.5 + 3);
}

TEST(DenseField, NormalizesWhereTheLayerHasIt) {
    FieldState state = state_of({4, 2, 1});
    const LayerPlan layer = layer_of(R"(, "batch_norm": {"placement": "post_activation"})");
    EXPECT_EQ(normalize(layer, Placement::kPreActivation, kSmallBatch, state).scale, 1);
    expect_kernel(state.signal.kernel, 4, 2, 1);
    EXPECT_NE(normalize(layer, Placement::kPostActivation, kSmallBatch, state).scale, 1);
}

TEST(DenseField, GroupsOfFewUnitsAreNotKnown) {
    FieldState few = state_of({4, 2, 1});
    FieldState many = few;
    normalize(layer_of(R"(, "normalization": {"kind": "group", "groups": 5})"), Placement::kPreActivation, kSmallBatch,
              few);
    normalize(layer_of(R"(, "normalization": {"kind": "group", "groups": 2})"), Placement::kPreActivation, kSmallBatch,
              many);
    EXPECT_EQ(few.unknown, "groups");
    EXPECT_TRUE(std::isnan(few.signal.kernel.square));
    EXPECT_EQ(many.unknown, "");
    EXPECT_NEAR(many.signal.kernel.square, 1, 1e-4);
}

// With BN the gradients of a batch add up to 0, so that samples have a little less in common than in a batch without
// end: of a linear net the weight gradient has 1 - 1/B of what their own parts give, times the inputs' own parts.
TEST(DenseField, GradientsThroughBatchNormalizationAddUpToZero) {
    FieldState state = state_of({3, 1, 1});
    const LayerPlan layer = layer_of(R"(, "activation": "linear", "batch_norm": true)");
    DenseField field(layer, kSmallBatch, state);
    FieldGradient dy{{5, 2, 2}, 0, ""};
    field.backward(dy);
    const double squared = (5 - 2) / (100 * 0.04 * 2);
    EXPECT_NEAR(field.squared_gradient, squared, 1e-8);
    EXPECT_NEAR(field.weight_gradient, std::sqrt(100 * squared * (3 - 1) / 20), 1e-8);
}

TEST(DenseField, LsuvGivesSumsTheVarianceOfItsGain) {
    LayerPlan layer = layer_of("");
    layer.config.init->scheme = InitScheme::kLsuv;
    layer.config.init->gain = 3;
    EXPECT_NEAR(sums_of(layer, {5, 1, 1}).square, 9, 1e-12);
    EXPECT_NEAR(sums_of(layer, {1.05, 1, 1}).square, 9 * 1.05, 1e-12);  // within a tenth: as they are
}

TEST(DenseField, WeightsFromAFileAreNotKnown) {
    LayerPlan layer = layer_of("");
    layer.config.init->from = "model.safetensors";
    FieldState state = state_of({5, 1, 1});
    const DenseField field(layer, kSmallBatch, state);
    EXPECT_EQ(field.unknown, "file");
    EXPECT_TRUE(std::isnan(field.variance));
}

}  // namespace
}  // namespace bnrun
