#include "nn/batch_norm.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/matrices.h"

namespace bnrun {
namespace {

TEST(BatchNorm, OutputHasMeanBetaAndDeviationGamma) {
    BatchNormConfig config;
    config.gamma.init = 3;
    config.beta.init = -2;
    BatchNorm<double> norm(5, config, Fidelity::kExact);
    const Matrix<double> x = normal_matrix(5, 101, 40, 7);
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
    const Matrix<double> x = normal_matrix(3, 50, 0, 1);
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
    const Matrix<double> x = normal_matrix(4, 60, 2, 3);
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

TEST(BatchNorm, GradientsAreCentralDifferences) {
    constexpr Index kUnits = 3;
    constexpr Index kBatch = 21;
    BatchNormConfig config;
    config.epsilon = 0.01;
    BatchNorm<double> norm(kUnits, config, Fidelity::kExact);
    norm.gamma = normal_matrix(kUnits, 1, 1, 0.5, 1);
    norm.beta = normal_matrix(kUnits, 1, 0, 0.5, 2);
    norm.resize(kBatch);
    Matrix<double> x = normal_matrix(kUnits, kBatch, 2, 0.5, 3);
    Matrix<double> y(kUnits, kBatch);
    const Matrix<double> weights = normal_matrix(kUnits, kBatch, 0, 1, 4);
    const auto loss = [&] {
        norm.forward(x, y, {0, kUnits});
        return y.cwiseProduct(weights).sum();
    };
    (void)loss();
    Matrix<double> d = weights;
    norm.backward(d, {0, kUnits});
    EXPECT_LT(distance(d, slopes(x, loss)), 1e-7);
    EXPECT_LT(distance(norm.gamma_gradient, slopes(norm.gamma, loss)), 1e-7);
    EXPECT_LT(distance(norm.beta_gradient, slopes(norm.beta, loss)), 1e-7);
}

TEST(BatchNorm, InferenceWorkedByHand) {
    BatchNormConfig config;
    config.epsilon = 1;
    config.gamma.init = 3;
    config.beta.init = -2;
    BatchNorm<double> norm(2, config, Fidelity::kExact);
    norm.mean << 10, 0;
    norm.variance << 8, 3;
    const Matrix<double> x = (Matrix<double>(2, 2) << 13, 7, 2, 0).finished();
    Matrix<double> y(2, 2);
    norm.infer(x, y, {0, 2});  // deviations 3 and 2
    EXPECT_LT(distance(y, (Matrix<double>(2, 2) << 1, -5, 1, -2).finished()), 1e-14);
    Matrix<double> in_place = x;
    norm.infer(in_place, in_place, {0, 2});
    EXPECT_EQ(in_place, y);
}

TEST(BatchNorm, AMovingAverageIsNotReplacedByAnEpochsSums) {
    BatchNorm<double> norm(1, {}, Fidelity::kExact);  // last_epoch
    Matrix<double> y(1, 2);
    norm.resize(2);
    norm.forward((Matrix<double>(1, 2) << 0, 2).finished(), y, {0, 1});
    EXPECT_TRUE(norm.observe());
    EXPECT_EQ(norm.mean(0, 0), 0);  // until the averages are taken
    EXPECT_EQ(norm.variance(0, 0), 1);
}

TEST(BatchNorm, GoesOnFromAnExchangedStateAsIfItHadNotStopped) {
    BatchNormConfig config;
    config.inference = Inference::kMovingAverage;
    config.momentum = 0.75;
    const Matrix<double> first = normal_matrix(2, 6, 1, 2, 1);
    const Matrix<double> second = normal_matrix(2, 6, -1, 3, 2);
    Matrix<double> y(2, 6);
    BatchNorm<double> whole(2, config, Fidelity::kExact);
    whole.resize(6);
    whole.forward(first, y, {0, 2});
    EXPECT_TRUE(whole.observe());
    TensorMap state;
    StateExchange save = StateExchange::saving(state);
    whole.exchange_state("norm.", save);
    BatchNorm<double> resumed(2, config, Fidelity::kExact);
    StateExchange restore = StateExchange::restoring(state);
    resumed.exchange_state("norm.", restore);
    resumed.resize(6);
    for (BatchNorm<double>* norm : {&whole, &resumed}) {
        norm->forward(second, y, {0, 2});
        EXPECT_TRUE(norm->observe());
    }
    EXPECT_EQ(resumed.mean, whole.mean);
    EXPECT_EQ(resumed.variance, whole.variance);
    for (BatchNorm<double>* norm : {&whole, &resumed}) norm->take_averages();
    EXPECT_EQ(resumed.mean, whole.mean);
    EXPECT_EQ(resumed.variance, whole.variance);
}

}  // namespace
}  // namespace bnrun
