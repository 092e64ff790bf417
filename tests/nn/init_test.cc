#include "nn/init.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

constexpr Index kInputs = 300;
constexpr Index kClasses = 10;

Config config_of(InitScheme scheme) {
    Config config;
    config.model.hidden = {200, 100};
    config.model.init.scheme = scheme;
    config.model.init.std = 0.05;
    return config;
}

double variance_of(const Tensor& tensor) {
    double sum = 0;
    for (const double value : tensor.values) sum += value * value;
    return sum / static_cast<double>(tensor.values.size());
}

TEST(Init, WeightsHaveTheSchemesVariance) {
    const std::vector<std::pair<InitScheme, double>> schemes{{InitScheme::kPublished, 2.0 / 500 / 1.04},
                                                             {InitScheme::kXavierNormal, 2.0 / 500},
                                                             {InitScheme::kHeNormal, 2.0 / 300},
                                                             {InitScheme::kGaussian, 0.0025}};
    for (const auto& [scheme, variance] : schemes) {
        const TensorMap tensors = draw_initial_values(config_of(scheme), kInputs, kClasses);
        ASSERT_EQ(tensors.size(), 6U);
        EXPECT_EQ(tensors.at("layers.0.weight").shape, (std::vector<std::int64_t>{200, kInputs}));
        EXPECT_EQ(tensors.at("layers.2.bias").shape, (std::vector<std::int64_t>{kClasses}));
        // 60,000 values: the sample variance is within 3 % at 5 standard deviations.
        EXPECT_NEAR(variance_of(tensors.at("layers.0.weight")) / variance, 1, 0.03);
        const bool zero = variance_of(tensors.at("layers.0.bias")) == 0;
        EXPECT_EQ(zero, scheme != InitScheme::kPublished);
    }
}

TEST(Init, VariancesAreThoseOfWhatIsDrawn) {
    for (std::size_t scheme = 0; scheme < kInitSchemeNames.size(); ++scheme) {
        Config config = config_of(static_cast<InitScheme>(scheme));
        config.model.init.gain = 1.5;
        const TensorMap tensors = draw_initial_values(config, kInputs, kClasses);
        for_each_layer(plan_net(config, kInputs, kClasses), [&](const LayerPlan& layer) {
            const std::string name = fmt::format("layers.{}.", layer.number);
            const InitialVariances variances = initial_variances(layer);
            // The last layer has 1,000 weights and 10 biases.
            const double tolerance = layer.is_output ? 0.25 : 0.05;
            EXPECT_NEAR(variance_of(tensors.at(name + "weight")) / variances.weight, 1, tolerance) << scheme << name;
            if (scheme != 0) {
                EXPECT_EQ(variances.bias, 0) << scheme;
            } else {
                EXPECT_EQ(variances.bias, variances.weight);
            }
        });
    }
}

TEST(Init, ALayerWithoutBiasHasNoVarianceOfOne) {
    LayerPlan layer = plan_net(config_of(InitScheme::kPublished), kInputs, kClasses).front();
    layer.config.bias = false;
    EXPECT_EQ(initial_variances(layer).bias, 0);
}

TEST(Init, PublishedDrawsBiasesLikeWeights) {
    Config config = config_of(InitScheme::kPublished);
    config.model.hidden = {20000};
    const TensorMap tensors = draw_initial_values(config, 2, kClasses);
    EXPECT_NEAR(variance_of(tensors.at("layers.0.bias")) * 20002 * 1.04 / 2, 1, 0.05);
}

TEST(Init, IsFixedByTheSeedAndTheLayersDiffer) {
    Config config = config_of(InitScheme::kXavierNormal);
    config.model.hidden = {20, 20, 20};
    const auto draw = [&] { return draw_initial_values(config, 20, 20); };
    const TensorMap first = draw();
    EXPECT_EQ(first.at("layers.1.weight").values, draw().at("layers.1.weight").values);
    EXPECT_NE(first.at("layers.1.weight").values, first.at("layers.2.weight").values);
    config.seed = 2;
    EXPECT_NE(first.at("layers.1.weight").values, draw().at("layers.1.weight").values);
}

class CheckTensorsTest : public testing::Test {
  protected:
    void refuse(std::initializer_list<const char*> texts, bool statistics = false) {
        expect_error<DataError>([&] { check_tensors(config, kInputs, kClasses, tensors, statistics, "some.st"); },
                                texts);
    }
    Config config = config_of(InitScheme::kPublished);
    TensorMap tensors = draw_initial_values(config, kInputs, kClasses);
};

TEST_F(CheckTensorsTest, TakesWhatWasDrawn) {
    check_tensors(config, kInputs, kClasses, tensors, false, "some.st");
    config.model.normalization.kind = Normalization::kBatch;
    check_tensors(config, kInputs, kClasses, tensors, false, "some.st");
    refuse({"some.st", "layers.0.gamma"}, true);
}

TEST_F(CheckTensorsTest, NamesTheTensorThatDoesNotFit) {
    tensors["layers.1.weight"].shape = {100, 201};
    refuse({"some.st", "layers.1.weight", "[100, 201]", "[100, 200]"});
    tensors.erase("layers.1.weight");
    refuse({"no tensor \"layers.1.weight\"", "[100, 200]"});
}

TEST_F(CheckTensorsTest, RefusesValuesThatThePrecisionCannotHold) {
    tensors["layers.1.bias"].values[7] = -1e300;
    refuse({"some.st", "layers.1.bias", "value 7 is -1e+300", "precision=float64"});
    config.precision = Precision::kFloat64;
    check_tensors(config, kInputs, kClasses, tensors, false, "some.st");
}

TEST_F(CheckTensorsTest, RefusesValuesThatAreNone) {
    tensors["layers.1.bias"].values[7] = std::nan("");
    refuse({"some.st", "layers.1.bias", "value 7 is nan"});
}

TEST_F(CheckTensorsTest, RefusesTensorsThatBelongToAnotherConfig) {
    tensors["layers.1.gamma"] = {Precision::kFloat32, {100}, std::vector<double>(100, 1)};
    refuse({"some.st", "layers.1.gamma", "no place"});
    config.model.normalization.kind = Normalization::kBatch;
    check_tensors(config, kInputs, kClasses, tensors, false, "some.st");
    tensors["layers.1.gamma"].shape = {100, 1};
    refuse({"layers.1.gamma", "[100, 1]", "[100]"});
    tensors.erase("layers.1.gamma");
    tensors["layers.2.gamma"] = {Precision::kFloat32, {kClasses}, std::vector<double>(kClasses, 1)};
    refuse({"layers.2.gamma", "no place"});
}

TEST_F(CheckTensorsTest, RefusesLayersBeyondTheNetwork) {
    tensors["layers.3.weight"] = tensors["layers.2.weight"];
    refuse({"layers.3"});
}

}  // namespace
}  // namespace bnrun
