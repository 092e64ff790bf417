#include "nn/loss.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "support/matrices.h"

namespace bnrun {
namespace {

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

TEST(Loss, SoftmaxWorkedByHand) {
    Matrix<double> z(3, 2);
    z << std::log(2), 0, 0, std::log(6), 0, 0;  // probabilities 1/2, 1/4, 1/4 and 1/8, 3/4, 1/8
    const std::array<std::uint8_t, 2> labels{0, 2};
    std::array<std::uint8_t, 2> predictions{9, 9};
    Matrix<double> d(3, 2);
    const auto result = output_loss(Output::kSoftmax, Fidelity::kExact, z, labels.data(), &d, predictions.data());
    EXPECT_NEAR(result.loss, (std::log(2) + std::log(8)) / 2, 1e-14);
    EXPECT_LT(distance(d, (Matrix<double>(3, 2) << -0.25, 0.0625, 0.125, 0.375, 0.125, -0.4375).finished()), 1e-15);
    EXPECT_EQ(predictions, (std::array<std::uint8_t, 2>{0, 1}));
    EXPECT_EQ(result.wrong, 1);
}

TEST(Loss, PublishedSoftmaxAddsItsEpsilonToTheProbabilityAndKeepsTheGradient) {
    Matrix<double> z(2, 1);
    z << 1e4, 0;
    const std::uint8_t label = 1;
    Matrix<double> d(2, 1);
    const auto loss = output_loss(Output::kSoftmax, Fidelity::kPublished, z, &label, &d, nullptr).loss;
    EXPECT_NEAR(loss, -std::log(1e-10), 1e-9);
    EXPECT_EQ(d, (Matrix<double>(2, 1) << 1, -1).finished());
    z << 0, 0;
    const auto even = output_loss<double>(Output::kSoftmax, Fidelity::kPublished, z, &label, nullptr, nullptr).loss;
    EXPECT_NEAR(even, -std::log(0.5 + 1e-10), 1e-15);
}

TEST(Loss, GradientIsTheCentralDifference) {
    Matrix<double> z = normal_matrix(4, 19, 0, 2);
    std::array<std::uint8_t, 19> labels{};
    for (std::size_t i = 0; i < labels.size(); ++i) labels.at(i) = static_cast<std::uint8_t>(i % 4);
    for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
        Matrix<double> d(4, 19);
        output_loss(output, Fidelity::kExact, z, labels.data(), &d, nullptr);
        const auto loss = [&] {
            return output_loss<double>(output, Fidelity::kExact, z, labels.data(), nullptr, nullptr).loss;
        };
        EXPECT_LT(distance(d, slopes(z, loss)), 1e-10);
    }
}

TEST(Loss, TheFirstOfEqualOutputsIsPredicted) {
    Matrix<double> z(3, 3);
    z << 1, 2, 0, 1, 5, 0, 0, 5, 7;
    const std::array<std::uint8_t, 3> labels{0, 2, 2};
    std::array<std::uint8_t, 3> predictions{};
    for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
        const auto result =
            output_loss<double>(output, Fidelity::kExact, z, labels.data(), nullptr, predictions.data());
        EXPECT_EQ(predictions, (std::array<std::uint8_t, 3>{0, 1, 2}));
        EXPECT_EQ(result.wrong, 1);
    }
}

}  // namespace
}  // namespace bnrun
