#include "data/preprocess.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <array>
#include <cmath>
#include <numeric>

#include "math/random.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

constexpr Index kFeatures = 12;

/// Correlated bytes with one constant pixel (number 4).
Split make_split(Index samples, std::uint32_t number) {
    Random random(3, Stream::kCheck, number);
    Split split;
    for (Index i = 0; i < samples; ++i) {
        const double shade = 60 * random.uniform();
        for (Index f = 0; f < kFeatures; ++f) {
            const double value = f == 4 ? 37 : shade + 15.0 * static_cast<double>(f) * random.uniform();
            split.images.push_back(static_cast<std::uint8_t>(value));
        }
        split.labels.push_back(0);
    }
    return split;
}

Matrix<double> apply(const Split& fitted, const Split& to, Preprocess preprocess) {
    ThreadTeam team(2);
    const Transform transform = fit_transform(fitted, kFeatures, preprocess, team);
    const Inputs<double> inputs(to, kFeatures, transform, team);
    std::vector<std::uint32_t> samples(to.labels.size());
    std::iota(samples.begin(), samples.end(), 0U);
    Panels<double> x;
    inputs.gather(samples.data(), to.samples(), team, x);
    EXPECT_EQ(x.rows(), kFeatures);
    EXPECT_EQ(x.columns(), to.samples());
    return to_matrix(x);
}

Eigen::MatrixXd covariance_of(const Matrix<double>& x) {
    const Eigen::MatrixXd centered = x.colwise() - x.rowwise().mean();
    return centered * centered.transpose() / static_cast<double>(x.cols() - 1);
}

/// Eigenvalues v of the data become v / (v + 0.01).
Eigen::VectorXd whitened_variances(const Split& split) {
    const Eigen::MatrixXd plain = covariance_of(apply(split, split, Preprocess::kNone));
    const Eigen::VectorXd values = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(plain).eigenvalues().reverse();
    return (values.array() / (values.array() + 1e-2)).matrix();
}

TEST(Preprocess, NoneScalesToUnitRange) {
    Split split;
    split.images = {0, 51, 255};
    split.labels = {0, 0, 0};
    ThreadTeam team(1);
    const Inputs<double> inputs(split, 1, fit_transform(split, 1, Preprocess::kNone, team), team);
    const std::vector<std::uint32_t> samples{2, 1, 0, 2};
    Panels<double> x;
    inputs.gather(samples.data(), 4, team, x);
    EXPECT_EQ(to_matrix(x), (Matrix<double>(1, 4) << 1, 51 / 255.0, 0, 1).finished());
}

TEST(Preprocess, EveryFeatureOfEverySampleIsGatheredInItsPlaceForAnyNumberOfThreads) {
    constexpr Index kMany = 300;  // more than are worked on at once, and no multiple of it
    constexpr Index kSamples = 45;
    Split split;
    for (Index i = 0; i < kSamples * kMany; ++i) split.images.push_back(static_cast<std::uint8_t>(i * 7 % 251));
    split.labels.assign(kSamples, 0);
    std::vector<std::uint32_t> samples(kSamples);
    for (std::uint32_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<std::uint32_t>(i * 13 % kSamples);
    Matrix<float> expected(kMany, kSamples);
    for (Index i = 0; i < kSamples; ++i) {
        for (Index f = 0; f < kMany; ++f) {
            const Index at = samples[static_cast<std::size_t>(i)] * kMany + f;
            expected(f, i) = static_cast<float>(split.images[static_cast<std::size_t>(at)]) / 255.0F;
        }
    }
    for (const int threads : {1, 2, 3}) {
        ThreadTeam team(threads, threads);
        const Inputs<float> inputs(split, kMany, fit_transform(split, kMany, Preprocess::kNone, team), team);
        Panels<float> x;
        for (Index count = 1; count <= kSamples; ++count) {
            inputs.gather(samples.data(), count, team, x);
            ASSERT_EQ(to_matrix(x), expected.leftCols(count)) << threads << " " << count;
        }
    }
}

TEST(Preprocess, ASampleIsTheSameWhereverItStandsInABatch) {
    const Split split = make_split(300, 1);
    ThreadTeam team(2);
    for (const Preprocess preprocess : {Preprocess::kNone, Preprocess::kZscore, Preprocess::kZca}) {
        const Inputs<float> inputs(split, kFeatures, fit_transform(split, kFeatures, preprocess, team), team);
        const std::vector<std::uint32_t> samples{299, 0, 255, 256, 7, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 257};
        Panels<float> together;
        inputs.gather(samples.data(), 18, team, together);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            Panels<float> alone;
            inputs.gather(&samples[i], 1, team, alone);
            EXPECT_EQ(to_matrix(alone), to_matrix(together).col(static_cast<Index>(i))) << i;
        }
    }
}

/// Distorted first, then transformed as images that are not: whatever the batch and the threads.
TEST(Preprocess, DistortedSamplesGoThroughTheTransformOfThoseThatAreNot) {
    const Shape shape{1, 3, 4};
    const Distortion distortion({.shift = 1, .contrast = 0.3}, shape, 9);
    const Split split = make_split(300, 1);
    const std::vector<std::uint32_t> samples{299, 0, 255, 256, 7, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 257};
    for (const Preprocess preprocess : {Preprocess::kNone, Preprocess::kZscore, Preprocess::kPca, Preprocess::kZca}) {
        ThreadTeam one(1);
        const Transform transform = fit_transform(split, kFeatures, preprocess, one);
        Matrix<double> expected(kFeatures, 18);
        for (Index i = 0; i < 18; ++i) {
            const std::uint32_t sample = samples[static_cast<std::size_t>(i)];
            std::array<float, kFeatures> image{};
            distortion.apply(split.images.data() + sample * kFeatures, 6, sample, image.data());
            for (Index f = 0; f < kFeatures; ++f) expected(f, i) = image.at(static_cast<std::size_t>(f));
            expected.col(i) = (expected.col(i) - transform.mean).cwiseQuotient(transform.deviation);
        }
        if (transform.matrix.size() > 0) expected = transform.matrix * expected;
        Matrix<float> first;
        for (const int threads : {1, 3}) {
            ThreadTeam team(threads, threads);
            const Inputs<double> inputs(split, kFeatures, transform, team);
            Panels<double> x;
            inputs.gather_distorted(samples.data(), 18, distortion, 6, team, x);
            EXPECT_LT((to_matrix(x) - expected).cwiseAbs().maxCoeff(), 1e-12);
            const Inputs<float> rounded(split, kFeatures, transform, team);
            Panels<float> x_rounded;
            rounded.gather_distorted(samples.data(), 18, distortion, 6, team, x_rounded);
            EXPECT_LT((to_matrix(x_rounded).cast<double>() - expected).cwiseAbs().maxCoeff(), 1e-5);
            if (threads == 1) first = to_matrix(x_rounded);
            EXPECT_EQ(to_matrix(x_rounded), first);
        }
    }
}

TEST(Preprocess, CenterAndZscoreWorkedByHand) {
    Split split;
    split.images = {0, 255, 255, 255, 0, 255};  // two features, three samples
    split.labels = {0, 0, 0};
    ThreadTeam team(1);
    const Transform transform = fit_transform(split, 2, Preprocess::kZscore, team);
    EXPECT_DOUBLE_EQ(transform.mean[0], 1.0 / 3);
    EXPECT_DOUBLE_EQ(transform.deviation[0], std::sqrt(1.0 / 3));  // (1/9 + 4/9 + 1/9) / 2
    EXPECT_EQ(transform.deviation[1], 1);                          // constant
    EXPECT_EQ(fit_transform(split, 2, Preprocess::kCenter, team).deviation[0], 1);
}

/// A pixel that is 37 in 3,001 samples: the sum of 37 / 255 is not exact, nor is its mean.
TEST(Preprocess, AConstantPixelBecomesExactlyZero) {
    const Split split = make_split(3001, 1);
    for (const Preprocess preprocess : {Preprocess::kCenter, Preprocess::kZscore}) {
        EXPECT_TRUE((apply(split, split, preprocess).row(4).array() == 0).all());
    }
}

TEST(Preprocess, ZscoreGivesMeanZeroAndDeviationOne) {
    const Split split = make_split(500, 1);
    const Matrix<double> x = apply(split, split, Preprocess::kZscore);
    const Eigen::MatrixXd covariance = covariance_of(x);
    for (Index f = 0; f < kFeatures; ++f) {
        EXPECT_NEAR(x.row(f).mean(), 0, 1e-12);
        EXPECT_NEAR(covariance(f, f), f == 4 ? 0 : 1, 1e-12);
    }
}

TEST(Preprocess, PcaDecorrelatesWithRegularisedVariancesInDecreasingOrder) {
    const Split split = make_split(600, 1);
    const Eigen::MatrixXd covariance = covariance_of(apply(split, split, Preprocess::kPca));
    const Eigen::VectorXd expected = whitened_variances(split);
    EXPECT_LT((covariance - Eigen::MatrixXd(expected.asDiagonal())).cwiseAbs().maxCoeff(), 1e-10);
    EXPECT_GT(expected[0], 0.5);
    EXPECT_LT(expected[kFeatures - 1], 1e-9);  // of the constant pixel
}

/// The square of the pixel's sum is beyond 63 bits.
TEST(Preprocess, PcaOfTwelveMillionSamplesHasTheRightVariance) {
    Split split;
    split.labels.resize(12'100'000);
    split.images.resize(split.labels.size(), 255);
    for (std::size_t i = 0; i < split.images.size(); i += 2) split.images[i] = 205;
    ThreadTeam team(2);
    const Transform transform = fit_transform(split, 1, Preprocess::kPca, team);
    const double variance = 25.0 * 25 / (255.0 * 255);
    EXPECT_NEAR(transform.matrix(0, 0), 1 / std::sqrt(variance + 1e-2), 1e-6);
}

/// Variances over n - 1, or 1: 1/2 of 0 and 1, and 0 of a single sample.
TEST(Preprocess, PcaOfOneOrTwoSamplesIsWorkedByHand) {
    ThreadTeam team(1);
    Split split;
    split.images = {0, 255};
    split.labels = {0, 0};
    EXPECT_NEAR(fit_transform(split, 1, Preprocess::kPca, team).matrix(0, 0), 1 / std::sqrt(0.5 + 1e-2), 1e-12);
    split.images = {255};
    split.labels = {0};
    EXPECT_NEAR(fit_transform(split, 1, Preprocess::kPca, team).matrix(0, 0), 1 / std::sqrt(1e-2), 1e-12);
}

TEST(Preprocess, ZcaIsTheSymmetricWhiteningAndStaysCloseToTheData) {
    const Split split = make_split(600, 1);
    ThreadTeam team(2);
    const Transform transform = fit_transform(split, kFeatures, Preprocess::kZca, team);
    EXPECT_LT((transform.matrix - Matrix<double>(transform.matrix.transpose())).cwiseAbs().maxCoeff(), 1e-12);
    const Eigen::MatrixXd covariance = covariance_of(apply(split, split, Preprocess::kZca));
    const Eigen::VectorXd values = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(covariance).eigenvalues().reverse();
    EXPECT_LT((values - whitened_variances(split)).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(Preprocess, TestDataGoesThroughTheTrainingTransform) {
    const Split train = make_split(400, 1);
    const Split test = make_split(300, 2);
    for (const Preprocess preprocess : {Preprocess::kCenter, Preprocess::kZscore, Preprocess::kPca, Preprocess::kZca}) {
        Split joined = train;
        joined.images.insert(joined.images.end(), test.images.begin(), test.images.end());
        joined.labels.insert(joined.labels.end(), test.labels.begin(), test.labels.end());
        EXPECT_EQ(apply(train, test, preprocess), apply(train, joined, preprocess).rightCols(300));
    }
}

TEST(Preprocess, DoesNotDependOnTheThreads) {
    const Split split = make_split(700, 1);
    for (const Preprocess preprocess : {Preprocess::kPca, Preprocess::kZca}) {
        ThreadTeam one(1);
        ThreadTeam three(3, 3);
        EXPECT_EQ(fit_transform(split, kFeatures, preprocess, one).matrix,
                  fit_transform(split, kFeatures, preprocess, three).matrix);
    }
}

}  // namespace
}  // namespace bnrun
