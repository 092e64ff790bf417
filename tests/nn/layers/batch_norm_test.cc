#include "nn/layers/batch_norm.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/layers.h"

namespace bnrun {
namespace {

TEST(BatchNorm, OutputHasMeanBetaAndDeviationGamma) {
    NormalizationConfig config;
    config.gamma.init = 3;
    config.beta.init = -2;
    for (const Index samples : {9, 16, 17, 24, 25, 60, 101, 200}) {
        BatchNorm<double> norm(5, config, Fidelity::kExact);
        const Matrix<double> y = LayerRun<double>(norm).forward(normal_matrix(5, samples, 40, 7));
        for (Index unit = 0; unit < 5; ++unit) {
            EXPECT_NEAR(y.row(unit).mean(), -2, 1e-12) << samples;
            EXPECT_NEAR(std::sqrt((y.row(unit).array() + 2).square().mean()), 3, 1e-9) << samples;
        }
    }
}

TEST(BatchNorm, WorkedByHand) {
    NormalizationConfig config;
    config.epsilon = 7;  // with the variance 9, a deviation of 4
    config.gamma.init = 8;
    config.beta.init = 1;
    BatchNorm<double> norm(1, config, Fidelity::kExact);
    LayerRun<double> run(norm);
    const Matrix<double> y = run.forward((Matrix<double>(1, 4) << 2, 2, 8, 8).finished());
    EXPECT_EQ(y, (Matrix<double>(1, 4) << -5, -5, 7, 7).finished());  // normalized -3/4, -3/4, 3/4, 3/4
    // Sums of dy and of dy times normalized: 4 and -3; dx = 8/4 (dy - 1 + 3/4 normalized).
    const Matrix<double> dx = run.backward((Matrix<double>(1, 4) << 4, 0, 0, 0).finished());
    EXPECT_EQ(dx, 2 * (Matrix<double>(1, 4) << 2.4375, -1.5625, -0.4375, -0.4375).finished());
    EXPECT_EQ(norm.gamma_gradient(0), -3);
    EXPECT_EQ(norm.beta_gradient(0), 4);
}

TEST(BatchNorm, OutputDoesNotChangeWhenInputIsShiftedAndScaled) {
    BatchNorm<double> norm(3, {}, Fidelity::kExact);
    LayerRun<double> run(norm);
    const Matrix<double> x = normal_matrix(3, 50, 0, 1);
    const Matrix<double> y = run.forward(x);
    const Matrix<double> y_moved = run.forward(5 * x.array() + 17);
    EXPECT_LT(distance(y, y_moved), 1e-9);
}

TEST(BatchNorm, InputGradientIsOrthogonalToOnesAndToTheNormalizedInput) {
    NormalizationConfig config;
    config.epsilon = 1e-12;
    BatchNorm<double> norm(4, config, Fidelity::kExact);
    LayerRun<double> run(norm);
    const Matrix<double> x = normal_matrix(4, 60, 2, 3);
    const Matrix<double> y = run.forward(x);
    const Matrix<double> d = run.backward(x.array().sin());
    for (Index unit = 0; unit < 4; ++unit) {
        EXPECT_NEAR(d.row(unit).sum(), 0, 1e-12);
        EXPECT_NEAR(d.row(unit).dot(y.row(unit)), 0, 1e-9);
    }
}

TEST(BatchNorm, PublishedGammaGradientUsesTheOutput) {
    NormalizationConfig config;
    config.beta.init = 1;
    for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
        BatchNorm<double> norm(1, config, fidelity);
        LayerRun<double> run(norm);
        run.forward((Matrix<double>(1, 2) << -1, 1).finished());  // y = 0, 2; normalized -1, 1
        run.backward((Matrix<double>(1, 2) << 3, 5).finished());
        EXPECT_NEAR(norm.gamma_gradient(0, 0), fidelity == Fidelity::kExact ? 2 : 10, 1e-8);
        EXPECT_NEAR(norm.beta_gradient(0, 0), 8, 1e-12);
    }
}

TEST(BatchNorm, PublishedGammaGradientIsTheSumOfGradientTimesOutputInEveryPanel) {
    BatchNorm<double> norm(3, {}, Fidelity::kPublished);
    norm.gamma = normal_matrix(3, 1, 1, 0.5, 1);
    norm.beta = normal_matrix(3, 1, 0, 0.5, 2);
    LayerRun<double> run(norm);
    for (const Index samples : batch_sizes()) {
        const Matrix<double> y = run.forward(normal_matrix(3, samples, 2, 3, 3));
        const Matrix<double> d = normal_matrix(3, samples, 0, 1, 4);
        run.backward(d);
        EXPECT_LT(distance(norm.gamma_gradient, d.cwiseProduct(y).rowwise().sum()), 1e-12) << samples;
        EXPECT_LT(distance(norm.beta_gradient, d.rowwise().sum()), 1e-12) << samples;
    }
}

TEST(BatchNorm, InferenceUsesMeanOfUnbiasedVariances) {
    const Matrix<double> first = (Matrix<double>(1, 2) << 0, 2).finished();   // mean 1, biased variance 1
    const Matrix<double> second = (Matrix<double>(1, 2) << 0, 6).finished();  // mean 3, biased variance 9
    for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
        BatchNorm<double> norm(1, {}, fidelity);
        LayerRun<double> run(norm);
        run.forward(second);
        EXPECT_TRUE(norm.end_batch());  // of an earlier epoch: not counted
        norm.begin_epoch(Statistics::kEpoch);
        run.forward(first);
        EXPECT_TRUE(norm.end_batch());
        run.forward(second);
        EXPECT_TRUE(norm.end_batch());
        norm.end_epoch();
        EXPECT_DOUBLE_EQ(norm.mean(0, 0), 2);
        EXPECT_DOUBLE_EQ(norm.variance(0, 0), 10);  // exact: (2 + 18) / 2; published: (1 + 9) / (2 - 1)
    }
}

TEST(BatchNorm, InferenceBetweenABatchAndItsEndChangesNoStatistic) {
    const Matrix<double> batch = (Matrix<double>(1, 2) << 0, 2).finished();  // mean 1, unbiased variance 2
    BatchNorm<double> norm(1, {}, Fidelity::kExact);
    LayerRun<double> run(norm);
    norm.begin_epoch(Statistics::kEpoch);
    run.forward(batch);
    run.batch.mode = Mode::kInference;
    run.forward(normal_matrix(1, 50, 9, 4));
    EXPECT_TRUE(norm.end_batch());
    norm.end_epoch();
    EXPECT_DOUBLE_EQ(norm.mean(0, 0), 1);
    EXPECT_DOUBLE_EQ(norm.variance(0, 0), 2);
}

TEST(BatchNorm, MovingAverageStartsAtTheFirstBatchAndIsExponential) {
    NormalizationConfig config;
    config.inference = Inference::kMovingAverage;
    config.momentum = 0.75;
    BatchNorm<double> norm(1, config, Fidelity::kExact);
    LayerRun<double> run(norm);
    run.forward((Matrix<double>(1, 2) << 0, 2).finished());
    EXPECT_TRUE(norm.end_batch());
    EXPECT_DOUBLE_EQ(norm.mean(0, 0), 1);
    run.forward((Matrix<double>(1, 2) << 0, 6).finished());
    EXPECT_TRUE(norm.end_batch());
    EXPECT_DOUBLE_EQ(norm.mean(0, 0), 0.75 * 1 + 0.25 * 3);
    EXPECT_DOUBLE_EQ(norm.variance(0, 0), 0.75 * 2 + 0.25 * 18);
    norm.end_epoch();
    EXPECT_DOUBLE_EQ(norm.mean(0, 0), 0.75 * 1 + 0.25 * 3);  // an epoch's sums do not replace it
}

/// 33.3 has no exact sum of 200 in float32: the mean comes out a little off, and epsilon is smaller than its square.
template <class T>
void expect_beta_of_constants(T value, Index samples) {
    NormalizationConfig config;
    config.beta.init = 0.25;
    config.gamma.init = 3;
    BatchNorm<T> norm(1, config, Fidelity::kExact);
    const Matrix<T> y = LayerRun<T>(norm).forward(Matrix<T>::Constant(1, samples, value));
    EXPECT_TRUE((y.array() == T(0.25)).all()) << value << ", batch " << samples << ": " << y(0, 0);
    if (samples == 1) return;  // which has no unbiased variance
    ASSERT_TRUE(norm.end_batch());
    norm.end_epoch();
    EXPECT_EQ(norm.mean(0, 0), value);
    EXPECT_EQ(norm.variance(0, 0), T(0));
}

TEST(BatchNorm, OfAConstantUnitIsExactlyBeta) {
    for (const double value : {33.3, -0.1, 1e-20, 1e-40, 0.0, 1234567.8, 1e15, 1e30}) {
        for (const Index samples : {1, 2, 3, 7, 8, 9, 16, 17, 24, 25, 60, 200, 1000, 60000}) {
            expect_beta_of_constants(static_cast<float>(value), samples);
            expect_beta_of_constants(value, samples);
        }
    }
}

TEST(BatchNorm, MeasuresASpreadThatIsSmallBesideTheMean) {
    const float step = std::nextafter(1000.0F, 2000.0F) - 1000.0F;
    Matrix<float> x(1, 200);
    for (Index i = 0; i < 200; ++i) x(0, i) = 1000.0F + static_cast<float>(i % 2) * step;
    BatchNorm<float> norm(1, {}, Fidelity::kExact);
    const Matrix<float> y = LayerRun<float>(norm).forward(x);
    const float expected = step / 2 / std::sqrt(step * step / 4 + 1e-10F);
    for (Index i = 0; i < 200; ++i) EXPECT_NEAR(std::abs(y(0, i)), expected, 1e-5 * static_cast<double>(expected));
}

/// A batch's statistics and output, held against two plain passes in a wider type over differences from one sample,
/// which are exact.
template <class T>
void expect_plain_statistics(const Matrix<T>& x, double tolerance, const std::string& what) {
    using Plain = std::conditional_t<std::is_same_v<T, float>, double, long double>;
    BatchNorm<T> norm(x.rows(), {}, Fidelity::kExact);
    const Matrix<T> y = LayerRun<T>(norm).forward(x);
    ASSERT_TRUE(norm.end_batch());
    norm.end_epoch();
    const Matrix<Plain> wide = x.template cast<Plain>();
    const Matrix<Plain> differences = wide.colwise() - Vector<Plain>(wide.col(0));
    const Matrix<Plain> centered = differences.colwise() - Vector<Plain>(differences.rowwise().mean());
    for (Index unit = 0; unit < x.rows(); ++unit) {
        const auto mean = static_cast<double>(wide(unit, 0) + differences.row(unit).mean());
        const auto squares = static_cast<double>(centered.row(unit).squaredNorm());
        const double deviation = std::sqrt(squares / static_cast<double>(x.cols()) + 1e-10);
        const auto rounding = static_cast<double>(std::numeric_limits<T>::epsilon()) * std::abs(mean);
        EXPECT_NEAR(static_cast<double>(norm.mean(unit)), mean, rounding + tolerance * deviation) << what;
        const double variance = squares / static_cast<double>(x.cols() - 1);
        EXPECT_NEAR(static_cast<double>(norm.variance(unit)) / variance, 1, tolerance) << what << ", unit " << unit;
        const Matrix<double> expected = centered.row(unit).template cast<double>() / deviation;
        EXPECT_LT(distance(y.row(unit).template cast<double>(), expected), tolerance * expected.cwiseAbs().maxCoeff())
            << what << ", unit " << unit;
    }
}

TEST(BatchNorm, StatisticsAreThoseOfTwoPlainPassesInAWiderType) {
    for (const Index samples : {2, 7, 8, 9, 16, 17, 24, 25, 60, 200, 1000}) {
        const std::string what = std::to_string(samples) + " samples";
        expect_plain_statistics<float>(normal_matrix(9, samples, 0.5, 1).cast<float>(), 3e-6, what);
        expect_plain_statistics<double>(normal_matrix(9, samples, 0.5, 1), 1e-14, what);
        // A mean that leaves four binary places of float32 to the spread.
        expect_plain_statistics<float>(normal_matrix(9, samples, 1e6, 1).cast<float>(), 3e-6, what + " far from 0");
        expect_plain_statistics<double>(normal_matrix(9, samples, 1e15, 1), 1e-14, what + " far from 0");
    }
}

TEST(BatchNorm, StatisticsHoldWherePanelsDiffer) {
    for (const Index samples : {24, 25, 60, 200}) {
        Matrix<double> x = normal_matrix(5, samples, 1e4, 1);
        for (Index i = 0; i < samples; ++i) x.col(i).array() += 300.0 * static_cast<double>(i / 16 * (i / 16 % 3));
        expect_plain_statistics<float>(x.cast<float>(), 3e-6, "panels of different means");
        expect_plain_statistics<double>(x, 1e-13, "panels of different means");
        x.setConstant(-1e6);
        for (Index i = 0; i < samples; ++i) x.col(i).array() += static_cast<double>(i / 16);  // none within a panel
        expect_plain_statistics<float>(x.cast<float>(), 3e-6, "constant panels");
        x.setConstant(1e6);
        x.col(0).setConstant(-1e6);  // the first panel's pivot is an outlier
        x += normal_matrix(5, samples, 0, 1);
        expect_plain_statistics<float>(x.cast<float>(), 3e-6, "an outlier");
    }
}

TEST(BatchNorm, SaysThatStatisticsAreBeyondTheRange) {
    for (const float size : {1e18F, 1e20F}) {
        BatchNorm<float> norm(1, {}, Fidelity::kExact);
        LayerRun<float>(norm).forward((Matrix<float>(1, 2) << -size, size).finished());
        EXPECT_EQ(norm.end_batch(), size == 1e18F);
    }
    for (const Index samples : {2, 40}) {
        BatchNorm<float> norm(2, {}, Fidelity::kExact);
        LayerRun<float> run(norm);
        Matrix<float> x = normal_matrix(2, samples, 0, 1).cast<float>();
        x(1, samples - 1) = std::nanf("");
        run.forward(x);
        EXPECT_FALSE(norm.end_batch());
        norm.begin_epoch(Statistics::kEpoch);
        x(1, samples - 1) = 0;
        run.forward(x);
        EXPECT_TRUE(norm.end_batch());
    }
}

TEST(BatchNorm, GradientsAreCentralDifferences) {
    constexpr Index kUnits = 3;
    NormalizationConfig config;
    config.epsilon = 0.01;
    for (const Index samples : batch_sizes()) {
        BatchNorm<double> norm(kUnits, config, Fidelity::kExact);
        norm.gamma = normal_matrix(kUnits, 1, 1, 0.5, 1);
        norm.beta = normal_matrix(kUnits, 1, 0, 0.5, 2);
        Matrix<double> x = normal_matrix(kUnits, samples, 2, 0.5, 3);
        const Matrix<double> weights = normal_matrix(kUnits, samples, 0, 1, 4);
        LayerRun<double> run(norm);
        run.in_place = samples % 2 == 0;
        const auto loss = [&] { return run.forward(x).cwiseProduct(weights).sum(); };
        (void)loss();
        const Matrix<double> d = run.backward(weights);
        EXPECT_LT(distance(d, slopes(x, loss)), 1e-7) << samples;
        EXPECT_LT(distance(norm.gamma_gradient, slopes(norm.gamma, loss)), 1e-7) << samples;
        EXPECT_LT(distance(norm.beta_gradient, slopes(norm.beta, loss)), 1e-7) << samples;
    }
}

TEST(BatchNorm, InferenceWorkedByHand) {
    NormalizationConfig config;
    config.epsilon = 1;
    config.gamma.init = 3;
    config.beta.init = -2;
    BatchNorm<double> norm(2, config, Fidelity::kExact);
    norm.mean << 10, 0;
    norm.variance << 8, 3;
    const Matrix<double> x = (Matrix<double>(2, 2) << 13, 7, 2, 0).finished();
    LayerRun<double> run(norm);
    run.batch.mode = Mode::kInference;
    run.in_place = false;
    const Matrix<double> y = run.forward(x);  // deviations 3 and 2
    EXPECT_LT(distance(y, (Matrix<double>(2, 2) << 1, -5, 1, -2).finished()), 1e-14);
    run.in_place = true;
    EXPECT_EQ(run.forward(x), y);
}

TEST(BatchNorm, InferenceGivesASampleTheSameInEveryBatch) {
    BatchNorm<double> norm(3, {}, Fidelity::kExact);
    norm.mean = normal_matrix(3, 1, 0, 1, 1);
    norm.variance = normal_matrix(3, 1, 2, 0.1, 2);
    LayerRun<double> run(norm);
    run.batch.mode = Mode::kInference;
    const Matrix<double> x = normal_matrix(3, 200, 0, 1, 3);
    const Matrix<double> y = run.forward(x);
    for (const Index samples : batch_sizes()) EXPECT_EQ(run.forward(x.leftCols(samples)), y.leftCols(samples));
}

TEST(BatchNorm, BatchStatisticsNormalizeButInInference) {
    BatchNorm<double> norm(1, {}, Fidelity::kExact);
    LayerRun<double> run(norm);
    const Matrix<double> x = (Matrix<double>(1, 4) << 1, 1, 5, 5).finished();
    const Matrix<double> normalized = (Matrix<double>(1, 4) << -1, -1, 1, 1).finished();
    EXPECT_LT(distance(run.forward(x), normalized), 1e-9);
    run.batch.mode = Mode::kStatistics;
    EXPECT_LT(distance(run.forward(x), normalized), 1e-9);
    run.batch.mode = Mode::kInference;
    EXPECT_LT(distance(run.forward(x), x), 1e-9);  // mean 0, variance 1
    EXPECT_TRUE(norm.meets(Mode::kTrain) && norm.meets(Mode::kStatistics) && !norm.meets(Mode::kInference));
}

TEST(BatchNorm, InferenceStatisticsStayUntilAnEpochsSumsReplaceThem) {
    BatchNorm<double> norm(1, {}, Fidelity::kExact);  // last_epoch
    LayerRun<double>(norm).forward((Matrix<double>(1, 2) << 0, 2).finished());
    EXPECT_TRUE(norm.end_batch());
    EXPECT_EQ(norm.mean(0, 0), 0);
    EXPECT_EQ(norm.variance(0, 0), 1);
}

TEST(BatchNorm, AnInertBetaHasExactlyNoGradient) {
    BatchNorm<double> norm(3, {}, Fidelity::kExact);
    norm.make_shift_inert();
    LayerRun<double> run(norm);
    run.forward(normal_matrix(3, 25, 0, 1, 1));
    run.backward(normal_matrix(3, 25, 0, 1, 2));
    EXPECT_EQ(norm.beta_gradient, Matrix<double>::Zero(3, 1));
    EXPECT_GT(norm.gamma_gradient.cwiseAbs().minCoeff(), 1e-3);
}

TEST(BatchNorm, TakesShiftsAwayAndPassesNone) {
    const BatchNorm<double> norm(1, {}, Fidelity::kExact);
    EXPECT_TRUE(norm.removes_shifts());
    EXPECT_FALSE(norm.passes_shifts());
}

TEST(BatchNorm, ResumesFromAnExchangedStateAsIfItHadNotStopped) {
    for (const Inference inference : {Inference::kMovingAverage, Inference::kLastEpoch}) {
        NormalizationConfig config;
        config.inference = inference;
        config.momentum = 0.75;
        const Matrix<double> first = normal_matrix(2, 6, 1, 2, 1);
        const Matrix<double> second = normal_matrix(2, 6, -1, 3, 2);
        BatchNorm<double> whole(2, config, Fidelity::kExact);
        LayerRun<double>(whole).forward(first);
        EXPECT_TRUE(whole.end_batch());
        TensorMap state;
        StateExchange save = StateExchange::saving(state);
        whole.exchange_state("norm.", save);
        BatchNorm<double> resumed(2, config, Fidelity::kExact);
        StateExchange restore = StateExchange::restoring(state);
        resumed.exchange_state("norm.", restore);
        for (BatchNorm<double>* norm : {&whole, &resumed}) {
            LayerRun<double>(*norm).forward(second);
            EXPECT_TRUE(norm->end_batch());
        }
        EXPECT_EQ(resumed.mean, whole.mean);
        EXPECT_EQ(resumed.variance, whole.variance);
        for (BatchNorm<double>* norm : {&whole, &resumed}) norm->end_epoch();
        EXPECT_EQ(resumed.mean, whole.mean);
        EXPECT_EQ(resumed.variance, whole.variance);
        EXPECT_NE(whole.mean, Matrix<double>::Zero(2, 1));
    }
}

}  // namespace
}  // namespace bnrun
