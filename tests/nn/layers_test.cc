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
    HiddenLayer<double> layer(3, kUnits, config, true);
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
        EXPECT_TRUE(norm.observe());  // of an earlier epoch: not counted
        norm.restart_sums();
        norm.forward(first, y, {0, 1});
        EXPECT_TRUE(norm.observe());
        norm.forward(second, y, {0, 1});
        EXPECT_TRUE(norm.observe());
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
    EXPECT_TRUE(norm.observe());
    EXPECT_DOUBLE_EQ(norm.mean(0, 0), 1);
    norm.forward((Matrix<double>(1, 2) << 0, 6).finished(), y, {0, 1});
    EXPECT_TRUE(norm.observe());
    EXPECT_DOUBLE_EQ(norm.mean(0, 0), 0.75 * 1 + 0.25 * 3);
    EXPECT_DOUBLE_EQ(norm.variance(0, 0), 0.75 * 2 + 0.25 * 18);
}

/// 33.3 has no exact sum of 200 in float32: the mean comes out a little off, and epsilon is smaller than its square.
template <class T>
void expect_beta_of_constants(T value, Index batch) {
    BatchNormConfig config;
    config.beta.init = 0.25;
    config.gamma.init = 3;
    BatchNorm<T> norm(1, config, Fidelity::kExact);
    norm.resize(batch);
    Matrix<T> y = Matrix<T>::Constant(1, batch, value);
    norm.forward(y, y, {0, 1});
    EXPECT_TRUE((y.array() == T(0.25)).all()) << value << ", batch " << batch << ": " << y(0, 0);
    ASSERT_TRUE(norm.observe());
    norm.take_averages();
    EXPECT_EQ(norm.mean(0, 0), value);
    EXPECT_EQ(norm.variance(0, 0), T(0));
}

TEST(BatchNorm, OfAConstantUnitIsExactlyBeta) {
    for (const double value : {33.3, -0.1, 1e-20, 1e-40, 0.0, 1234567.8, 1e15, 1e30}) {
        for (const Index batch : {2, 3, 60, 200, 1000, 60000}) {
            expect_beta_of_constants(static_cast<float>(value), batch);
            expect_beta_of_constants(value, batch);
        }
    }
}

TEST(BatchNorm, MeasuresASpreadThatIsSmallBesideTheMean) {
    const float step = std::nextafter(1000.0F, 2000.0F) - 1000.0F;
    Matrix<float> x(1, 200);
    for (Index i = 0; i < 200; ++i) x(0, i) = 1000.0F + static_cast<float>(i % 2) * step;
    BatchNorm<float> norm(1, {}, Fidelity::kExact);
    norm.resize(200);
    norm.forward(x, x, {0, 1});
    const float expected = step / 2 / std::sqrt(step * step / 4 + 1e-10F);
    for (Index i = 0; i < 200; ++i) EXPECT_NEAR(std::abs(x(0, i)), expected, 1e-5 * static_cast<double>(expected));
}

TEST(BatchNorm, SaysThatStatisticsAreBeyondTheRange) {
    for (const float size : {1e18F, 1e20F}) {
        BatchNorm<float> norm(1, {}, Fidelity::kExact);
        norm.resize(2);
        Matrix<float> x = (Matrix<float>(1, 2) << -size, size).finished();
        norm.forward(x, x, {0, 1});
        EXPECT_EQ(norm.observe(), size == 1e18F);
    }
    BatchNorm<float> norm(1, {}, Fidelity::kExact);
    norm.resize(2);
    Matrix<float> x = (Matrix<float>(1, 2) << 0, std::nanf("")).finished();
    norm.forward(x, x, {0, 1});
    EXPECT_FALSE(norm.observe());
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

template <class T>
double loss_of_gap(Fidelity fidelity, double gap) {
    Matrix<T> z(2, 1);
    z << static_cast<T>(gap), 0;
    const std::uint8_t label = 1;
    Matrix<T> d(2, 1);
    const auto result = output_loss<T>(Output::kSoftmax, fidelity, z, &label, &d, nullptr);
    EXPECT_EQ(d(0, 0), T(1)) << gap;
    EXPECT_EQ(d(1, 0), T(-1)) << gap;
    return static_cast<double>(result.loss);
}

TEST(Loss, CrossEntropyIsTheGapOfTheLogitsHoweverWide) {
    for (const double gap : {100.0, 744.0, 745.0, 746.0, 1000.0, 1e30, 0x1p127}) {
        EXPECT_EQ(loss_of_gap<double>(Fidelity::kExact, gap), gap);
        EXPECT_EQ(loss_of_gap<float>(Fidelity::kExact, gap), static_cast<double>(static_cast<float>(gap)));
        EXPECT_NEAR(loss_of_gap<double>(Fidelity::kPublished, gap), -std::log(1e-10), 1e-9);
    }
    EXPECT_EQ(loss_of_gap<double>(Fidelity::kExact, 1e300), 1e300);
}

TEST(Loss, OfFloat32LogitsMayBeBeyondFloat32) {
    Matrix<float> z(2, 1);
    z << 3e38F, -3e38F;
    const std::uint8_t label = 1;
    const auto result = output_loss<float>(Output::kSoftmax, Fidelity::kExact, z, &label, nullptr, nullptr);
    EXPECT_DOUBLE_EQ(result.loss, 2.0 * static_cast<double>(3e38F));
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
