#include "nn/layer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "support/matrices.h"

namespace bnrun {
namespace {

TEST(HiddenLayer, KnowsTheRangeOfItsActivationsHoweverItsUnitsAreSplit) {
    constexpr Index kUnits = 40;
    constexpr Index kBatch = 21;
    Config config;
    HiddenLayer<double> layer(3, kUnits, config, true);
    layer.linear.weight = normal_matrix(kUnits, 3, 0, 2);
    const Panels<double> x(normal_matrix(3, kBatch, 0, 1));
    Matrix<double> sums(kUnits, kBatch);
    Panels<double> output;
    output.resize(kUnits, kBatch);
    for (const Index cut : {0, 7, 33}) {
        layer.prepare(kBatch, Mode::kTrain, Writes::kCached);
        layer.forward(x, Mode::kTrain, {}, {0, cut}, sums, output);
        layer.forward(x, Mode::kTrain, {}, {cut, kUnits}, sums, output);
        EXPECT_EQ(layer.activation_range().min, layer.activations().minCoeff()) << cut;
        EXPECT_EQ(layer.activation_range().max, layer.activations().maxCoeff()) << cut;
        layer.linear.bias.array() += 0.5;
    }
}

/// A layer whose weights are the identity, so that its input is what its activation or BN gets, and what came of it.
struct Fixture {
    Fixture(Index units, Index batch, const Config& config)
        : layer(units, units, config, true), x(units, batch), sums(units, batch), size(units) {
        layer.linear.weight.setIdentity();
    }

    Matrix<double> forward(Mode mode = Mode::kTrain) {
        Panels<double> output;
        output.resize(size, x.cols());
        layer.prepare(x.cols(), mode, Writes::kCached);
        layer.forward(Panels<double>(x), mode, place, {0, size}, sums, output);
        return values_in(output);
    }

    /// dLoss/dx for dLoss/d(output).
    Matrix<double> backward(Matrix<double> d) {
        layer.backward(d, {0, size});
        return d;
    }

    [[nodiscard]] Matrix<double> mask(double fraction) const {
        Matrix<double> drawn(x.rows(), x.cols());
        draw_dropout_mask(place, fraction, drawn, {0, size});
        return drawn;
    }

    HiddenLayer<double> layer;
    Matrix<double> x;
    Matrix<double> sums;
    Index size;
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
    Fixture fixture(2, 12, dropping_half(Activation::kSigmoid, Fidelity::kExact));
    fixture.x.setConstant(std::log(3));  // whose sigmoid is 3/4
    const Matrix<double> output = fixture.forward();
    const Matrix<double> mask = fixture.mask(0.5);
    EXPECT_EQ(mask.minCoeff(), 0);
    EXPECT_EQ(mask.maxCoeff(), 2);
    EXPECT_LT(distance(output, 0.75 * mask), 1e-15);
    EXPECT_EQ(values_in(fixture.layer.output_transposed()), output.transpose());
    for (const Mode mode : {Mode::kStatistics, Mode::kInference}) {
        EXPECT_LT(distance(fixture.forward(mode), Matrix<double>::Constant(2, 12, 0.75)), 1e-15);
    }
}

TEST(HiddenLayer, ExactDropoutScalesTheGradientAndTakesTheActivationsDerivative) {
    Fixture fixture(2, 12, dropping_half(Activation::kSigmoid, Fidelity::kExact));
    fixture.x.setConstant(std::log(3));
    fixture.forward();
    // Kept: 1 * 2 * 3/4 * (1 - 3/4).
    EXPECT_LT(distance(fixture.backward(Matrix<double>::Ones(2, 12)), 0.1875 * fixture.mask(0.5)), 1e-15);
}

TEST(HiddenLayer, PublishedDropoutLeavesTheScaleOutAndTakesTheDerivativeAtTheScaledOutput) {
    Fixture sigmoid(2, 12, dropping_half(Activation::kSigmoid, Fidelity::kPublished));
    sigmoid.x.setConstant(std::log(3));
    EXPECT_LT(distance(sigmoid.forward(), 0.75 * sigmoid.mask(0.5)), 1e-15);  // forward as in exact
    const Matrix<double> kept = (sigmoid.mask(0.5).array() > 0).cast<double>();
    // Kept: the output is 3/2, so that the gradient is 1 * 3/2 * (1 - 3/2).
    EXPECT_LT(distance(sigmoid.backward(Matrix<double>::Ones(2, 12)), -0.75 * kept), 1e-15);

    Fixture tanh(2, 12, dropping_half(Activation::kTanh, Fidelity::kPublished));
    tanh.x.setConstant(std::log(2));  // whose tanh is 3/5, twice that 6/5
    tanh.forward();
    EXPECT_LT(distance(tanh.backward(Matrix<double>::Ones(2, 12)), (1 - 1.44) * kept), 1e-15);
}

/// A place whose mask keeps the first of four samples.
DropoutPlace place_that_keeps_the_first() {
    Matrix<double> mask(1, 4);
    DropoutPlace place{1, 0, 0};
    do {
        ++place.step;
        draw_dropout_mask(place, 0.5, mask, {0, 1});
    } while (mask(0) == 0);
    return place;
}

TEST(HiddenLayer, PublishedDropoutAfterBatchNormalizationTakesTheDerivativeAtTheActivation) {
    for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
        Config config = dropping_half(Activation::kSigmoid, fidelity);
        config.model.batch_norm.enabled = true;
        config.model.batch_norm.placement = Placement::kPostActivation;
        Fixture fixture(1, 4, config);
        fixture.place = place_that_keeps_the_first();
        const double z = std::log(3);
        fixture.x << -z, -z, z, z;  // activations 1/4 and 3/4: mean 1/2, deviation 1/4, normalized -1 and 1
        fixture.forward();
        const Matrix<double> d = fixture.backward((Matrix<double>(1, 4) << 1, 0, 0, 0).finished());
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
                Config config;
                config.model.activation = static_cast<Activation>(a);
                config.model.dropout = dropout;
                config.model.batch_norm.enabled = placement.has_value();
                config.model.batch_norm.placement = placement.value_or(Placement::kPreActivation);
                config.model.batch_norm.epsilon = 0.01;
                Fixture fixture(3, 11, config);
                fixture.x = normal_matrix(3, 11, 0.2, 1);
                const Matrix<double> weights = normal_matrix(3, 11, 0, 1, 1);
                fixture.forward();
                const Matrix<double> d = fixture.backward(weights);
                const auto loss = [&] { return fixture.forward().cwiseProduct(weights).sum(); };
                EXPECT_LT(distance(d, slopes(fixture.x, loss)), 1e-7)
                    << kActivationNames[a] << " " << placement.has_value() << " " << dropout;
            }
        }
    }
}

TEST(HiddenLayer, TheRangeIsThatOfTheActivationBeforeBatchNormalizationAndDropout) {
    Config config = dropping_half(Activation::kSigmoid, Fidelity::kExact);
    config.model.batch_norm.enabled = true;
    config.model.batch_norm.placement = Placement::kPostActivation;
    Fixture fixture(2, 12, config);
    fixture.x = normal_matrix(2, 12, 0, 1);
    fixture.x(0, 5) = -std::log(7);  // 1/8
    fixture.x(1, 7) = std::log(15);  // 15/16
    fixture.x = fixture.x.cwiseMax(-std::log(7)).cwiseMin(std::log(15));
    fixture.forward();
    EXPECT_NEAR(fixture.layer.activation_range().min, 0.125, 1e-15);
    EXPECT_NEAR(fixture.layer.activation_range().max, 0.9375, 1e-15);
}

TEST(HiddenLayer, BatchStatisticsNormalizeButInInference) {
    Config config;
    config.model.activation = Activation::kLinear;
    config.model.batch_norm.enabled = true;
    Fixture fixture(1, 4, config);
    fixture.x << 1, 1, 5, 5;
    const Matrix<double> normalized = (Matrix<double>(1, 4) << -1, -1, 1, 1).finished();
    EXPECT_LT(distance(fixture.forward(Mode::kTrain), normalized), 1e-9);
    EXPECT_LT(distance(fixture.forward(Mode::kStatistics), normalized), 1e-9);
    EXPECT_LT(distance(fixture.forward(Mode::kInference), fixture.x), 1e-9);  // mean 0, variance 1
}

}  // namespace
}  // namespace bnrun
