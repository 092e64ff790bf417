#include "nn/build_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "nn/layers/activation.h"
#include "nn/layers/batch_norm.h"
#include "nn/layers/dense.h"
#include "nn/layers/dropout.h"
#include "support/layers.h"

namespace bnrun {
namespace {

std::vector<std::unique_ptr<Layer<double>>> layers_of(const Config& config, const Shape& input = 6) {
    std::vector<std::unique_ptr<Layer<double>>> layers;
    for (auto& placed : build_layers<double>(plan_net(config, input, 3), config.fidelity)) {
        layers.push_back(std::move(placed.layer));
    }
    return layers;
}

/// Kinds of layers, a letter each: Dense, Batch normalization, Activation, dRopout.
std::string kinds_of(const Config& config) {
    std::string kinds;
    for (const auto& layer : layers_of(config)) {
        if (dynamic_cast<const Dense<double>*>(layer.get()) != nullptr) kinds += 'D';
        if (dynamic_cast<const BatchNorm<double>*>(layer.get()) != nullptr) kinds += 'B';
        if (dynamic_cast<const ActivationLayer<double>*>(layer.get()) != nullptr) kinds += 'A';
        if (dynamic_cast<const Dropout<double>*>(layer.get()) != nullptr) kinds += 'R';
    }
    return kinds;
}

TEST(BuildLayers, StandInTheConfigsOrder) {
    Config config;
    config.model.hidden = {5, 4};
    EXPECT_EQ(kinds_of(config), "DADAD");
    config.model.dropout = 0.5;
    EXPECT_EQ(kinds_of(config), "DARDARD");
    config.model.normalization.kind = Normalization::kBatch;
    EXPECT_EQ(kinds_of(config), "DBARDBARD");
    config.model.normalization.placement = Placement::kPostActivation;
    EXPECT_EQ(kinds_of(config), "DABRDABRD");
    config.model.dropout = 0;
    EXPECT_EQ(kinds_of(config), "DABDABD");
}

TEST(BuildLayers, HaveTheConfigsUnits) {
    Config config;
    config.model.depth = 2;
    config.model.width = 7;
    const auto layers = layers_of(config);
    std::vector<Index> units;
    for (const auto& layer : layers) units.push_back(layer->units());
    EXPECT_EQ(units, (std::vector<Index>{7, 7, 7, 7, 3}));
    EXPECT_EQ(layers.front()->tensors().front().value->cols(), 6);
    EXPECT_EQ(layers.back()->tensors().front().value->cols(), 7);
}

TEST(BuildLayers, GammaAndBetaAreTheConfigs) {
    Config config;
    config.model.hidden = {2};
    config.model.normalization.kind = Normalization::kBatch;
    config.model.normalization.gamma = {false, 2};
    config.model.normalization.beta = {true, 0.25};
    const auto tensors = layers_of(config)[1]->tensors();
    const auto layers = layers_of(config);
    EXPECT_EQ(*layers[1]->tensors()[0].value, Matrix<double>::Constant(2, 1, 2));
    EXPECT_EQ(*layers[1]->tensors()[1].value, Matrix<double>::Constant(2, 1, 0.25));
    EXPECT_FALSE(tensors[0].learned);
    EXPECT_TRUE(tensors[1].learned);
}

/// A hidden layer: what the config asks for, all but the output layer, with the identity for weights, so that its input
/// is what its activation or batch normalization gets.
struct HiddenLayer {
    HiddenLayer(Index units, Index samples, const Config& config) : run(layers_of(units, config)), x(units, samples) {
        run.layers().front()->tensors().front().value->setIdentity();
    }

    static std::vector<std::unique_ptr<Layer<double>>> layers_of(Index units, Config config) {
        config.model.hidden = {units};
        auto layers = bnrun::layers_of(config, units);
        layers.pop_back();
        return layers;
    }

    Matrix<double> forward(Mode mode = Mode::kTrain) { return run.forward(x, {mode, place.seed, place.step}); }

    [[nodiscard]] Matrix<double> mask(double rate) const {
        Panels<double> drawn;
        drawn.resize(x.rows(), x.cols());
        for (Index p = 0; p < drawn.panels(); ++p) draw_dropout_mask(place, rate, drawn, p);
        return to_matrix(drawn);
    }

    [[nodiscard]] Range<double> activation_range() const {
        for (const auto& layer : run.layers()) {
            if (const auto range = layer->activation_range()) return *range;
        }
        return {};
    }

    StackRun<double> run;
    Matrix<double> x;
    DropoutPlace place{1, 0, 0};
};

Config dropping_half(Activation activation, Fidelity fidelity) {
    Config config;
    config.fidelity = fidelity;
    config.model.activation = activation;
    config.model.dropout = 0.5;
    return config;
}

TEST(HiddenLayer, DropsAndScalesInTrainingOnly) {
    HiddenLayer hidden(2, 12, dropping_half(Activation::kSigmoid, Fidelity::kExact));
    hidden.x.setConstant(std::log(3));  // whose sigmoid is 3/4
    const Matrix<double> output = hidden.forward();
    const Matrix<double> mask = hidden.mask(0.5);
    EXPECT_EQ(mask.minCoeff(), 0);
    EXPECT_EQ(mask.maxCoeff(), 2);
    EXPECT_LT(distance(output, 0.75 * mask), 1e-15);
    for (const Mode mode : {Mode::kStatistics, Mode::kInference}) {
        EXPECT_LT(distance(hidden.forward(mode), Matrix<double>::Constant(2, 12, 0.75)), 1e-15);
    }
}

TEST(HiddenLayer, ExactDropoutScalesTheGradientAndTakesTheActivationsDerivative) {
    HiddenLayer hidden(2, 12, dropping_half(Activation::kSigmoid, Fidelity::kExact));
    hidden.x.setConstant(std::log(3));
    hidden.forward();
    // Kept: 1 * 2 * 3/4 * (1 - 3/4).
    EXPECT_LT(distance(hidden.run.backward(Matrix<double>::Ones(2, 12)), 0.1875 * hidden.mask(0.5)), 1e-15);
}

TEST(HiddenLayer, PublishedDropoutLeavesTheScaleOutAndTakesTheDerivativeAtTheScaledOutput) {
    HiddenLayer sigmoid(2, 12, dropping_half(Activation::kSigmoid, Fidelity::kPublished));
    sigmoid.x.setConstant(std::log(3));
    EXPECT_LT(distance(sigmoid.forward(), 0.75 * sigmoid.mask(0.5)), 1e-15);  // forward as in exact
    const Matrix<double> kept = (sigmoid.mask(0.5).array() > 0).cast<double>();
    // Kept: the output is 3/2, so that the gradient is 1 * 3/2 * (1 - 3/2).
    EXPECT_LT(distance(sigmoid.run.backward(Matrix<double>::Ones(2, 12)), -0.75 * kept), 1e-15);

    HiddenLayer tanh(2, 12, dropping_half(Activation::kTanh, Fidelity::kPublished));
    tanh.x.setConstant(std::log(2));  // whose tanh is 3/5, twice that 6/5
    tanh.forward();
    EXPECT_LT(distance(tanh.run.backward(Matrix<double>::Ones(2, 12)), (1 - 1.44) * kept), 1e-15);
}

/// A step whose mask keeps the first of four samples.
std::uint64_t step_that_keeps_the_first() {
    Panels<double> mask;
    mask.resize(1, 4);
    DropoutPlace place{1, 0, 0};
    do {
        ++place.step;
        draw_dropout_mask(place, 0.5, mask, 0);
    } while (mask(0, 0) == 0);
    return place.step;
}

TEST(HiddenLayer, PublishedDropoutAfterBatchNormalizationTakesTheDerivativeAtTheActivation) {
    for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
        Config config = dropping_half(Activation::kSigmoid, fidelity);
        config.model.normalization.kind = Normalization::kBatch;
        config.model.normalization.placement = Placement::kPostActivation;
        HiddenLayer hidden(1, 4, config);
        hidden.place.step = step_that_keeps_the_first();
        const double z = std::log(3);
        hidden.x << -z, -z, z, z;  // activations 1/4 and 3/4: mean 1/2, deviation 1/4, normalized -1 and 1
        hidden.forward();
        const Matrix<double> d = hidden.run.backward((Matrix<double>(1, 4) << 1, 0, 0, 0).finished());
        // Through BN: 4 (d - 1/4 + normalized / 4) = 2, -2, 0, 0; then 1/4 * 3/4.
        const Matrix<double> expected = (Matrix<double>(1, 4) << 0.375, -0.375, 0, 0).finished();
        EXPECT_LT(distance(d, (fidelity == Fidelity::kExact ? 2 : 1) * expected), 1e-8);
    }
}

TEST(HiddenLayer, InputGradientIsTheCentralDifferenceWhateverTheLayerIsMadeOf) {
    for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
        for (const auto& placement : {std::optional<Placement>(), std::optional(Placement::kPreActivation),
                                      std::optional(Placement::kPostActivation)}) {
            for (const double dropout : {0.0, 0.3}) {
                for (const Index samples : {11, 40}) {
                    Config config;
                    config.model.activation = static_cast<Activation>(a);
                    config.model.dropout = dropout;
                    config.model.normalization.kind =
                        placement.has_value() ? Normalization::kBatch : Normalization::kNone;
                    config.model.normalization.placement = placement.value_or(Placement::kPreActivation);
                    config.model.normalization.epsilon = 0.01;
                    HiddenLayer hidden(3, samples, config);
                    hidden.x = normal_matrix(3, samples, 0.2, 1);
                    const Matrix<double> weights = normal_matrix(3, samples, 0, 1, 1);
                    hidden.forward();
                    const Matrix<double> d = hidden.run.backward(weights);
                    const auto loss = [&] { return hidden.forward().cwiseProduct(weights).sum(); };
                    EXPECT_LT(distance(d, slopes(hidden.x, loss)), 1e-7)
                        << kActivationNames[a] << " " << placement.has_value() << " " << dropout << " " << samples;
                }
            }
        }
    }
}

TEST(HiddenLayer, TheRangeIsThatOfTheActivationBeforeBatchNormalizationAndDropout) {
    Config config = dropping_half(Activation::kSigmoid, Fidelity::kExact);
    config.model.normalization.kind = Normalization::kBatch;
    config.model.normalization.placement = Placement::kPostActivation;
    HiddenLayer hidden(2, 12, config);
    hidden.x = normal_matrix(2, 12, 0, 1);
    hidden.x(0, 5) = -std::log(7);  // 1/8
    hidden.x(1, 7) = std::log(15);  // 15/16
    hidden.x = hidden.x.cwiseMax(-std::log(7)).cwiseMin(std::log(15));
    hidden.forward();
    EXPECT_NEAR(hidden.activation_range().min, 0.125, 1e-15);
    EXPECT_NEAR(hidden.activation_range().max, 0.9375, 1e-15);
}

TEST(HiddenLayer, BatchStatisticsNormalizeButInInference) {
    Config config;
    config.model.activation = Activation::kLinear;
    config.model.normalization.kind = Normalization::kBatch;
    HiddenLayer hidden(1, 4, config);
    hidden.x << 1, 1, 5, 5;
    const Matrix<double> normalized = (Matrix<double>(1, 4) << -1, -1, 1, 1).finished();
    EXPECT_LT(distance(hidden.forward(Mode::kTrain), normalized), 1e-9);
    EXPECT_LT(distance(hidden.forward(Mode::kStatistics), normalized), 1e-9);
    EXPECT_LT(distance(hidden.forward(Mode::kInference), hidden.x), 1e-9);  // mean 0, variance 1
}

/// Names of the shifts, by layer, whose gradient is exactly 0 with gradients from above that are not.
std::string inert_shifts(const Config& config) {
    auto layers = layers_of(config);
    for (const auto& layer : layers) {
        for (const NamedTensor<double>& tensor : layer->tensors()) {
            if (tensor.is_weight) *tensor.value = normal_matrix(tensor.value->rows(), tensor.value->cols(), 0, 1);
        }
    }
    StackRun<double> run(std::move(layers));
    run.forward(normal_matrix(6, 25, 0, 1, 1));
    run.backward(normal_matrix(3, 25, 0, 1, 2));
    std::string names;
    for (std::size_t i = 0; i < run.layers().size(); ++i) {
        for (const NamedTensor<double>& tensor : run.layers()[i]->tensors()) {
            if (tensor.gradient == nullptr || !tensor.gradient->isZero(0)) continue;
            names += std::to_string(i) + "." + tensor.name + " ";
        }
    }
    return names;
}

TEST(BuildLayers, AShiftIsInertWhereBatchNormalizationTakesItAwayAgain) {
    Config config;
    config.model.hidden = {5, 4};
    EXPECT_EQ(inert_shifts(config), "");
    config.model.normalization.kind = Normalization::kBatch;  // dense BN act dense BN act dense
    EXPECT_EQ(inert_shifts(config), "0.bias 3.bias ");
    config.model.normalization.placement = Placement::kPostActivation;  // dense act BN dense act BN dense
    EXPECT_EQ(inert_shifts(config), "");
    config.model.activation = Activation::kLinear;
    EXPECT_EQ(inert_shifts(config), "0.bias 2.beta 3.bias ");
    config.model.dropout = 0.3;  // dense act BN drop dense act BN drop dense
    EXPECT_EQ(inert_shifts(config), "0.bias 4.bias ");
    config.model.normalization.placement = Placement::kPreActivation;
    EXPECT_EQ(inert_shifts(config), "0.bias 4.bias ");
    config.model.dropout = 0;
    EXPECT_EQ(inert_shifts(config), "0.bias 1.beta 3.bias ");
    config.model.normalization.kind = Normalization::kNone;
    EXPECT_EQ(inert_shifts(config), "");
}

}  // namespace
}  // namespace bnrun
