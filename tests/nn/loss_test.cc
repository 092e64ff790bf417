#include "nn/loss.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "support/layers.h"

namespace bnrun {
namespace {

/// The loss of a whole batch, from its panels in parts, and where they are asked for its gradient and predictions.
template <class T>
BatchLoss<T> output_loss(Output output, Fidelity fidelity, const Matrix<T>& z, const std::uint8_t* labels,
                         Matrix<T>* d = nullptr, std::uint8_t* predictions = nullptr) {
    const Panels<T> logits = poisoned_panels(z);
    Panels<T> gradient(z);
    std::vector<Wide<T>> losses(static_cast<std::size_t>(z.cols()));
    std::vector<std::uint8_t> classes(losses.size());
    Random random(1, Stream::kCheck);
    for (const IndexRange& panels : parts_in_random_order(logits.panels(), random)) {
        output_losses({output, fidelity}, logits, panels, labels, d == nullptr ? nullptr : &gradient, losses.data(),
                      classes.data());
    }
    if (d != nullptr) *d = to_matrix(gradient);
    if (predictions != nullptr) std::copy(classes.begin(), classes.end(), predictions);
    return batch_loss<T>(losses, labels, classes);
}

TEST(Loss, UniformSoftmaxHasLogOfClassesAndGradientPMinusY) {
    const Matrix<double> z = Matrix<double>::Zero(4, 2);
    const std::array<std::uint8_t, 2> labels{1, 3};
    Matrix<double> d(4, 2);
    const auto result = output_loss(Output::kSoftmax, Fidelity::kExact, z, labels.data(), &d);
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
    const auto result = output_loss<T>(Output::kSoftmax, fidelity, z, &label, &d);
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
    const auto result = output_loss<float>(Output::kSoftmax, Fidelity::kExact, z, &label);
    EXPECT_DOUBLE_EQ(result.loss, 2.0 * static_cast<double>(3e38F));
}

TEST(Loss, SquaredErrorWorkedByHand) {
    const Matrix<double> z = Matrix<double>::Zero(3, 1);  // outputs 0.5
    const std::uint8_t label = 2;
    Matrix<double> d(3, 1);
    const auto result = output_loss(Output::kSigmoidMse, Fidelity::kExact, z, &label, &d);
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
    const auto loss = output_loss(Output::kSoftmax, Fidelity::kPublished, z, &label, &d).loss;
    EXPECT_NEAR(loss, -std::log(1e-10), 1e-9);
    EXPECT_EQ(d, (Matrix<double>(2, 1) << 1, -1).finished());
    z << 0, 0;
    const auto even = output_loss<double>(Output::kSoftmax, Fidelity::kPublished, z, &label).loss;
    EXPECT_NEAR(even, -std::log(0.5 + 1e-10), 1e-15);
}

TEST(Loss, GradientIsTheCentralDifference) {
    for (const Index samples : batch_sizes()) {
        Matrix<double> z = normal_matrix(4, samples, 0, 2);
        std::vector<std::uint8_t> labels;
        for (Index i = 0; i < samples; ++i) labels.push_back(static_cast<std::uint8_t>(i % 4));
        for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
            Matrix<double> d(4, samples);
            output_loss(output, Fidelity::kExact, z, labels.data(), &d);
            const auto loss = [&] { return output_loss<double>(output, Fidelity::kExact, z, labels.data()).loss; };
            EXPECT_LT(distance(d, slopes(z, loss)), 1e-10) << samples;
        }
    }
}

TEST(Loss, OfABatchIsTheMeanOfItsSamplesAndItsGradientTheirsOverTheirNumber) {
    const Matrix<double> z = normal_matrix(5, 60, 0, 2);
    std::vector<std::uint8_t> labels;
    for (std::size_t i = 0; i < 60; ++i) labels.push_back(static_cast<std::uint8_t>(i % 5));
    for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
        for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
            Matrix<double> d(5, 60);
            const auto whole = output_loss(output, fidelity, z, labels.data(), &d);
            double sum = 0;
            std::int64_t wrong = 0;
            for (Index i = 0; i < 60; ++i) {
                Matrix<double> alone(5, 1);
                const auto loss =
                    output_loss<double>(output, fidelity, z.col(i), &labels[static_cast<std::size_t>(i)], &alone);
                sum += loss.loss;
                wrong += loss.wrong;
                EXPECT_LT(distance(60 * d.col(i), alone), 1e-14) << i;
            }
            EXPECT_NEAR(whole.loss, sum / 60, 1e-14);
            EXPECT_EQ(whole.wrong, wrong);
        }
    }
}

TEST(Loss, WithoutAGradientIsTheSameAndPanelsNotAskedForStayAsTheyAre) {
    const Panels<double> z(normal_matrix(3, 40, 0, 1));
    const std::vector<std::uint8_t> labels(40, 1);
    for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
        std::vector<double> losses(40, -1);
        std::vector<double> others(40, -1);
        std::vector<std::uint8_t> classes(40, 9);
        Panels<double> d(Matrix<double>::Constant(3, 40, 7));
        output_losses({output, Fidelity::kExact}, z, {1, 2}, labels.data(), &d, losses.data(), classes.data());
        output_losses<double>({output, Fidelity::kExact}, z, {1, 2}, labels.data(), nullptr, others.data(),
                              classes.data());
        EXPECT_EQ(losses, others);
        for (std::size_t i = 0; i < 40; ++i) {
            const bool asked_for = i / 16 == 1;
            EXPECT_EQ(losses[i] != -1, asked_for) << i;
            EXPECT_EQ(classes[i] != 9, asked_for) << i;
            EXPECT_EQ(d(0, static_cast<Index>(i)) != 7, asked_for) << i;
        }
    }
}

TEST(Loss, NotANumberIsTheBatchsLoss) {
    Matrix<float> z = normal_matrix(3, 40, 0, 1).cast<float>();
    z(1, 20) = std::nanf("");
    const std::vector<std::uint8_t> labels(40, 1);
    for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
        EXPECT_TRUE(std::isnan(output_loss<float>(output, Fidelity::kExact, z, labels.data()).loss));
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
