#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "nn/activation.h"
#include "nn/batch_norm.h"
#include "nn/dropout.h"
#include "nn/layer.h"
#include "nn/linear.h"
#include "nn/loss.h"
#include "nn/range.h"

namespace bnrun {
namespace {

Matrix<double> random_matrix(Index rows, Index columns, double mean, double deviation) {
    Random random(9, Stream::kCheck);
    Matrix<double> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = mean + deviation * random.normal();
    return matrix;
}

TEST(Range, IsThatOfEveryValueAndNotANumberWhereOneIsNone) {
    Matrix<double> values = random_matrix(1, 45, 0, 1);
    for (const Index count : {1, 15, 16, 17, 45}) {
        const Range<double> range = range_of(values.data(), count);
        EXPECT_EQ(range.min, values.leftCols(count).minCoeff()) << count;
        EXPECT_EQ(range.max, values.leftCols(count).maxCoeff()) << count;
    }
    for (const Index at : {0, 20, 44}) {
        Matrix<double> bad = values;
        bad(at) = std::nan("");
        Range<double> range = range_of(values.data(), 45);
        range.include(range_of(bad.data(), 45));
        EXPECT_TRUE(std::isnan(range.min) && std::isnan(range.max)) << at;
    }
    Range<double> none;
    none.include({1, 2});
    EXPECT_EQ(none.min, 1);
    EXPECT_EQ(none.max, 2);
}

TEST(HiddenLayer, KnowsTheRangeOfItsActivationsHoweverItsUnitsAreSplit) {
    constexpr Index kUnits = 40;
    constexpr Index kBatch = 21;
    Config config;
    HiddenLayer<double> layer(3, kUnits, config);
    layer.linear.weight = random_matrix(kUnits, 3, 0, 2);
    const Panels<double> x(random_matrix(3, kBatch, 0, 1));
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

TEST(Linear, WorkedByHand) {
    Linear<double> linear(2, 1);
    linear.weight << 2, -1;
    linear.bias << 0.5;
    Matrix<double> x(2, 3);
    x << 1, 2, 3, 4, 5, 6;
    Matrix<double> z(1, 3);
    linear.forward(Panels<double>(x), z, {0, 1});
    EXPECT_EQ(z, (Matrix<double>(1, 3) << -1.5, -0.5, 0.5).finished());
    const Matrix<double> dz = (Matrix<double>(1, 3) << 1, 0, -1).finished();
    linear.backward(dz, Panels<double>(x.transpose()), {0, 1});
    EXPECT_EQ(linear.weight_gradient, (Matrix<double>(1, 2) << -2, -2).finished());
    EXPECT_EQ(linear.bias_gradient(0, 0), 0);
}

TEST(Activation, DerivativesMatchCentralDifferences) {
    const Matrix<double> x = random_matrix(4, 25, 0.1, 1.5);
    constexpr double kStep = 1e-6;
    for (const Activation activation : {Activation::kSigmoid, Activation::kTanh, Activation::kTanhOpt,
                                        Activation::kRelu, Activation::kLeakyRelu, Activation::kLinear}) {
        Matrix<double> y(4, 25);
        activate(activation, x, y, {0, 4});
        Matrix<double> d = Matrix<double>::Ones(4, 25);
        multiply_by_derivative(activation, y, d, {0, 4});
        Matrix<double> above = x.array() + kStep;
        Matrix<double> below = x.array() - kStep;
        activate(activation, above, above, {0, 4});
        activate(activation, below, below, {0, 4});
        for (Index i = 0; i < x.size(); ++i) {
            const double difference = (above.data()[i] - below.data()[i]) / (2 * kStep);
            EXPECT_NEAR(d.data()[i], difference, 1e-8) << static_cast<int>(activation) << " at " << x.data()[i];
        }
    }
}

TEST(Activation, LetsNotANumberThrough) {
    for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
        Matrix<float> x = Matrix<float>::Constant(1, 3, std::nanf(""));
        activate(static_cast<Activation>(a), x, x, {0, 1});
        EXPECT_TRUE(std::isnan(x(0, 1))) << kActivationNames[a];
    }
}

TEST(BatchNorm, OutputHasMeanBetaAndDeviationGamma) {
    BatchNormConfig config;
    config.gamma.init = 3;
    config.beta.init = -2;
    BatchNorm<double> norm(5, config, Fidelity::kExact);
    const Matrix<double> x = random_matrix(5, 101, 40, 7);
    Matrix<double> y(5, 101);
    norm.resize(101);
    norm.forward(x, y, {0, 5});
    for (Index unit = 0; unit < 5; ++unit) {
        EXPECT_NEAR(y.row(unit).mean(), -2, 1e-12);
        EXPECT_NEAR(std::sqrt((y.row(unit).array() + 2).square().mean()), 3, 1e-9);
    }
}

TEST(BatchNorm, OutputDoesNotChangeWhenInputIsShiftedAndScaled) {
    BatchNorm<double> norm(3, {}, Fidelity::kExact);
    const Matrix<double> x = random_matrix(3, 50, 0, 1);
    const Matrix<double> moved = 5 * x.array() + 17;
    Matrix<double> y(3, 50);
    Matrix<double> y_moved(3, 50);
    norm.resize(50);
    norm.forward(x, y, {0, 3});
    norm.forward(moved, y_moved, {0, 3});
    EXPECT_LT((y - y_moved).cwiseAbs().maxCoeff(), 1e-9);
}

TEST(BatchNorm, InputGradientIsOrthogonalToOnesAndToTheNormalizedInput) {
    BatchNormConfig config;
    config.epsilon = 1e-12;
    BatchNorm<double> norm(4, config, Fidelity::kExact);
    const Matrix<double> x = random_matrix(4, 60, 2, 3);
    Matrix<double> y(4, 60);
    norm.resize(60);
    norm.forward(x, y, {0, 4});
    Matrix<double> d = x.array().sin();
    norm.backward(d, {0, 4});
    for (Index unit = 0; unit < 4; ++unit) {
        EXPECT_NEAR(d.row(unit).sum(), 0, 1e-12);
        EXPECT_NEAR(d.row(unit).dot(y.row(unit)), 0, 1e-9);
    }
}

TEST(BatchNorm, PublishedGammaGradientUsesTheOutput) {
    BatchNormConfig config;
    config.beta.init = 1;
    const Matrix<double> x = (Matrix<double>(1, 2) << -1, 1).finished();
    for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
        BatchNorm<double> norm(1, config, fidelity);
        Matrix<double> y(1, 2);
        norm.resize(2);
        norm.forward(x, y, {0, 1});  // y = 0, 2; normalized -1, 1
        Matrix<double> d = (Matrix<double>(1, 2) << 3, 5).finished();
        norm.backward(d, {0, 1});
        EXPECT_NEAR(norm.gamma_gradient(0, 0), fidelity == Fidelity::kExact ? 2 : 10, 1e-8);
        EXPECT_NEAR(norm.beta_gradient(0, 0), 8, 1e-12);
    }
}

TEST(BatchNorm, InferenceUsesMeanOfUnbiasedVariances) {
    const Matrix<double> first = (Matrix<double>(1, 2) << 0, 2).finished();   // mean 1, biased variance 1
    const Matrix<double> second = (Matrix<double>(1, 2) << 0, 6).finished();  // mean 3, biased variance 9
    for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
        BatchNorm<double> norm(1, {}, fidelity);
        Matrix<double> y(1, 2);
        norm.resize(2);
        norm.forward(second, y, {0, 1});
        norm.observe();  // of an earlier epoch: not counted
        norm.restart_sums();
        norm.forward(first, y, {0, 1});
        norm.observe();
        norm.forward(second, y, {0, 1});
        norm.observe();
        norm.take_averages();
        EXPECT_DOUBLE_EQ(norm.mean(0, 0), 2);
        EXPECT_DOUBLE_EQ(norm.variance(0, 0), 10);  // exact: (2 + 18) / 2; published: (1 + 9) / (2 - 1)
    }
}

TEST(BatchNorm, MovingAverageStartsAtTheFirstBatchAndIsExponential) {
    BatchNormConfig config;
    config.inference = Inference::kMovingAverage;
    config.momentum = 0.75;
    BatchNorm<double> norm(1, config, Fidelity::kExact);
    Matrix<double> y(1, 2);
    norm.resize(2);
    norm.forward((Matrix<double>(1, 2) << 0, 2).finished(), y, {0, 1});
    norm.observe();
    EXPECT_DOUBLE_EQ(norm.mean(0, 0), 1);
    norm.forward((Matrix<double>(1, 2) << 0, 6).finished(), y, {0, 1});
    norm.observe();
    EXPECT_DOUBLE_EQ(norm.mean(0, 0), 0.75 * 1 + 0.25 * 3);
    EXPECT_DOUBLE_EQ(norm.variance(0, 0), 0.75 * 2 + 0.25 * 18);
}

TEST(Dropout, MaskKeepsTheRightShareScaledAndDoesNotDependOnTheSplit) {
    Matrix<double> whole(40, 203);
    Matrix<double> parts(40, 203);
    const DropoutPlace place{1, 2, 3};
    draw_dropout_mask(place, 0.3, whole, {0, 40});
    draw_dropout_mask(place, 0.3, parts, {17, 40});
    draw_dropout_mask(place, 0.3, parts, {0, 17});
    EXPECT_EQ(whole, parts);
    EXPECT_NEAR((whole.array() > 0).cast<double>().mean(), 0.7, 0.02);
    EXPECT_DOUBLE_EQ(whole.maxCoeff(), 1 / 0.7);
    draw_dropout_mask({1, 3, 3}, 0.3, parts, {0, 40});
    EXPECT_NE(whole, parts);
}

TEST(Loss, UniformSoftmaxHasLogOfClassesAndGradientPMinusY) {
    const Matrix<double> z = Matrix<double>::Zero(4, 2);
    const std::array<std::uint8_t, 2> labels{1, 3};
    Matrix<double> d(4, 2);
    const auto result = output_loss(Output::kSoftmax, Fidelity::kExact, z, labels.data(), &d, nullptr);
    EXPECT_NEAR(result.loss, std::log(4.0), 1e-14);
    EXPECT_NEAR(d(0, 0), 0.125, 1e-15);
    EXPECT_NEAR(d(1, 0), -0.375, 1e-15);
    EXPECT_EQ(result.wrong, 2);
}

TEST(Loss, SoftmaxOfAVanishingProbabilityIsInfiniteUnlessPublished) {
    Matrix<double> z(2, 1);
    z << 1e4, 0;
    const std::uint8_t label = 1;
    EXPECT_TRUE(std::isinf(output_loss<double>(Output::kSoftmax, Fidelity::kExact, z, &label, nullptr, nullptr).loss));
    const auto published = output_loss<double>(Output::kSoftmax, Fidelity::kPublished, z, &label, nullptr, nullptr);
    EXPECT_NEAR(published.loss, -std::log(1e-10), 1e-9);
}

TEST(Loss, SquaredErrorWorkedByHand) {
    const Matrix<double> z = Matrix<double>::Zero(3, 1);  // outputs 0.5
    const std::uint8_t label = 2;
    Matrix<double> d(3, 1);
    const auto result = output_loss(Output::kSigmoidMse, Fidelity::kExact, z, &label, &d, nullptr);
    EXPECT_DOUBLE_EQ(result.loss, 0.375);
    EXPECT_DOUBLE_EQ(d(0, 0), 0.125);
    EXPECT_DOUBLE_EQ(d(2, 0), -0.125);
}

}  // namespace
}  // namespace bnrun
