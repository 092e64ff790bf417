#include "nn/mean_field.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "settings/json.h"

namespace bnrun {
namespace {

std::vector<LayerPrediction> rows_of(const std::string& model, const std::optional<Signal>& input = {},
                                     const std::string& others = "") {
    const Config config = parse_config(R"({"model": {)" + model + "}" + others + "}", "some.json", {}).config;
    return predict_layers(plan_net(config, {1, 28, 28}, 10), config, input);
}

/// Of a layer in the middle of the post's net.
double factor_of(const std::string& model) { return std::sqrt(rows_of(model).at(5).chi); }

// theory of 10 x 200 with the published initial values, to the places that others have printed
TEST(MeanField, HasThePublishedFactorsWithoutNormalization) {
    EXPECT_NEAR(rows_of("").at(5).chi, 0.0537, 5e-5);
    EXPECT_NEAR(factor_of(""), 1 / 4.316, 1e-4);
    EXPECT_NEAR(factor_of(R"("activation": "tanh")"), 0.943, 5e-4);
    EXPECT_NEAR(factor_of(R"("activation": "tanh_opt")"), 1.0009, 5e-5);
    EXPECT_NEAR(factor_of(R"("activation": "relu")"), 0.693, 5e-4);
    EXPECT_NEAR(factor_of(R"("activation": "linear")"), 0.981, 5e-4);
}

TEST(MeanField, HasThePublishedFactorsWithBatchNormalization) {
    const auto with = [](const char* activation) {
        return std::pow(factor_of(fmt::format(R"("batch_norm": true, "activation": "{}")", activation)), 2);
    };
    EXPECT_NEAR(with("linear"), 1, 1e-8);
    EXPECT_NEAR(with("sigmoid"), 1.034, 5e-4);
    EXPECT_NEAR(with("tanh"), 1.178, 5e-4);
    EXPECT_NEAR(with("tanh_opt"), 1.071, 5e-4);
    EXPECT_NEAR(with("prelu"), 1.244, 5e-4);
    EXPECT_NEAR(with("relu"), std::numbers::pi / (std::numbers::pi - 1), 1e-8);
    EXPECT_NEAR(factor_of(R"("batch_norm": {"gamma": {"init": 2}})"), 1.085, 5e-4);
}

TEST(MeanField, LayerNormalizationHelpsASigmoidOnlyBehindIt) {
    EXPECT_NEAR(factor_of(R"("normalization": "layer", "init": {"scheme": "xavier_normal"})"), 1 / 2.56, 1e-3);
    EXPECT_NEAR(factor_of(R"("normalization": {"kind": "layer", "placement": "post_activation"})"), 1.01, 5e-3);
}

TEST(MeanField, InADeepNetTheGradientGoesWithTheFactor) {
    for (const char* model : {"", R"("batch_norm": true, "activation": "relu")"}) {
        const auto rows = rows_of(model);
        for (std::size_t i = 1; i < 9; ++i) {
            EXPECT_NEAR(rows[i].gradient / rows[i + 1].gradient, std::sqrt(rows[i].chi), 1e-6) << i;
        }
        EXPECT_TRUE(std::isnan(rows.front().gradient));
        EXPECT_EQ(rows.front().unknown, "data");
        EXPECT_TRUE(std::isnan(rows.back().chi));
    }
}

TEST(MeanField, FactorsAreOfALayerAndTheNext) {
    const Config config = parse_config("{}", "some.json", {}).config;
    const auto plan = plan_net(config, {1, 28, 28}, 10);
    const auto factors = predicted_factors(plan, config, {});
    ASSERT_EQ(factors.size(), 11U);
    EXPECT_TRUE(std::isnan(factors.front()));
    EXPECT_NEAR(factors[4], 0.2317, 1e-4);
    EXPECT_TRUE(std::isnan(factors.back()));
    const auto known = predicted_factors(plan, config, Signal{{0.11, 0.057, 0.043}, 0.13});
    const auto rows = predict_layers(plan, config, Signal{{0.11, 0.057, 0.043}, 0.13});
    EXPECT_DOUBLE_EQ(known.front(), rows[0].gradient / rows[1].gradient);
}

// A linear net of no biases: q and the gradients' squares are products of s_w^2 = units times variance.
TEST(MeanField, FollowsTheInputThroughEachLayer) {
    const std::string model =
        R"("hidden": [50, 80], "activation": "linear", "output": "sigmoid_mse", "init": {"scheme": "gaussian", "std": 0.1})";
    const auto rows = rows_of(model, Signal{{0.5, 0.5, 0.5}, 0});
    EXPECT_NEAR(rows[0].variance, 784 * 0.01 * 0.5, 1e-8);
    EXPECT_NEAR(rows[1].variance, 50 * 0.01 * rows[0].variance, 1e-8);
    EXPECT_NEAR(rows[0].chi, 50 * 0.01, 1e-8);  // from 80 sums back to 50 units
    EXPECT_NEAR(rows[1].chi, 80 * 0.01, 1e-8);
    EXPECT_NEAR(rows[1].gradient / rows[2].gradient, std::sqrt(0.8 * 50 * rows[0].variance / (80 * rows[1].variance)),
                1e-8);
}

TEST(MeanField, DropoutMakesSamplesMoreOfTheirOwn) {
    const std::string model = R"("activation": "linear", "init": {"scheme": "xavier_normal"})";
    const Signal input{{0.5, 0.4, 0.3}, 0};
    const auto without = rows_of(model, input);
    const auto with = rows_of(model + R"(, "dropout": 0.2)", input);
    EXPECT_NEAR(with[1].variance, without[1].variance / 0.8, 1e-8);
    EXPECT_NEAR(with[4].chi, without[4].chi / 0.8, 1e-8);
    const auto published = rows_of(model + R"(, "dropout": 0.2)", input, R"(, "fidelity": "published")");
    EXPECT_EQ(published[1].unknown, "dropout");
    EXPECT_TRUE(std::isnan(published[1].variance));
    EXPECT_TRUE(std::isnan(published[0].gradient));
    EXPECT_EQ(published[0].unknown, "dropout");
}

// He et al. 2016 with a branch of one linear layer, s_w^2 = 0.36: each residual has 1 + 0.25 * 0.36 of what comes in.
TEST(MeanField, AResidualAddsItsBranch) {
    const std::string dense = R"({"kind": "dense", "units": 784, "activation": "linear"})";
    const std::string residual = R"({"kind": "residual", "scale": 0.5, "layers": [)" + dense + "]}";
    const std::string model = R"("init": {"scheme": "gaussian", "std": 0.021428571428571429}, "layers": [)" + dense +
                              ", " + residual + ", " + residual + "]";
    const Signal input{{0.5, 0.4, 0.3}, 0};
    const auto rows = rows_of(model, input);
    EXPECT_NEAR(rows[1].variance, 0.36 * 0.36 * 0.5, 1e-8);
    EXPECT_NEAR(rows[2].variance, 1.09 * rows[1].variance, 1e-8);
    // Of the first layer's gradient over that of the second one, the first branch's.
    EXPECT_NEAR(rows[0].chi, 1.09 / 0.25, 1e-8);
}

TEST(MeanField, ASkippedBranchHasNoGradient) {
    const std::string dense = R"({"kind": "dense", "units": 50})";
    const auto rows =
        rows_of(R"("layers": [)" + dense + R"(, {"kind": "residual", "scale": 0, "learn_scale": true, "layers": [)" +
                    dense + "]}]",
                Signal{{0.5, 0.4, 0.3}, 0});
    EXPECT_EQ(rows[1].gradient, 0);
    EXPECT_GT(rows[0].gradient, 0);
}

TEST(MeanField, SaysWhatItDoesNotKnow) {
    const Signal input{{0.5, 0.4, 0.3}, 0};
    const auto pooled = rows_of(R"("layers": [{"kind": "pool"}, {"kind": "dense", "units": 50}])", input);
    EXPECT_EQ(pooled[0].unknown, "pool");
    EXPECT_TRUE(std::isnan(pooled[0].variance));
    const auto convolved =
        rows_of(R"("layers": [{"kind": "conv", "channels": 2, "kernel": 5}, {"kind": "dense", "units": 50}])", input);
    ASSERT_EQ(convolved.size(), 3U);
    EXPECT_EQ(convolved[0].unknown, "conv");
    EXPECT_EQ(convolved[2].unknown, "conv");
    EXPECT_TRUE(std::isnan(convolved[2].gradient));
}

TEST(MeanField, ANetOfOneLayerHasAPrediction) {
    const auto rows = rows_of(R"("depth": 1)");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_GT(rows[1].gradient, 0);
}

}  // namespace
}  // namespace bnrun
