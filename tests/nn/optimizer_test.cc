#include "nn/optimizer.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bnrun {
namespace {

/// One weight and one bias, each with the gradient of every step given by the test.
class OptimizerTest : public testing::Test {
  protected:
    Optimizer<double> make(OptimizerName name, double momentum, double l2 = 0) {
        TrainConfig config;
        config.optimizer.name = name;
        config.optimizer.momentum = momentum;
        config.l2 = l2;
        return {config,
                {{"weight", &weight, &weight_gradient, true, true}, {"bias", &bias, &bias_gradient, false, true}}};
    }

    void step(Optimizer<double>& optimizer, double learning_rate, double gradient) {
        weight_gradient.setConstant(gradient);
        bias_gradient.setConstant(gradient);
        optimizer.step(learning_rate, team);
    }

    Matrix<double> weight = Matrix<double>::Constant(1, 1, 2);
    Matrix<double> bias = Matrix<double>::Constant(1, 1, 2);
    Matrix<double> weight_gradient = Matrix<double>::Zero(1, 1);
    Matrix<double> bias_gradient = Matrix<double>::Zero(1, 1);
    ThreadTeam team{1};
};

TEST_F(OptimizerTest, SgdWorkedByHand) {
    auto optimizer = make(OptimizerName::kSgd, 0.5);
    step(optimizer, 0.1, 4);  // v = 4, w = 2 - 0.4
    EXPECT_DOUBLE_EQ(weight(0), 1.6);
    step(optimizer, 0.2, 1);  // v = 0.5 * 4 + 1 = 3, w = 1.6 - 0.6
    EXPECT_DOUBLE_EQ(weight(0), 1.0);
}

TEST_F(OptimizerTest, RmspropWorkedByHand) {
    auto optimizer = make(OptimizerName::kRmsprop, 0.8);
    step(optimizer, 0.1, 3);
    const double first = 0.1 * 3 / (std::sqrt(0.1 * 9) + 1e-10);
    EXPECT_DOUBLE_EQ(weight(0), 2 - first);
    step(optimizer, 0.1, -1);
    const double second = 0.8 * first + 0.1 * -1 / (std::sqrt(0.9 * 0.9 + 0.1 * 1) + 1e-10);
    EXPECT_DOUBLE_EQ(weight(0), 2 - first - second);
}

TEST_F(OptimizerTest, RmspropLeavesAnEntryWithoutGradientAlone) {
    auto optimizer = make(OptimizerName::kRmsprop, 0.8);
    step(optimizer, 0.1, 0);
    EXPECT_EQ(weight(0), 2);
}

TEST_F(OptimizerTest, AdamsFirstStepIsTheLearningRateWhateverTheGradient) {
    for (const double gradient : {1e-3, 1.0, -500.0}) {
        weight.setConstant(2);
        auto optimizer = make(OptimizerName::kAdam, 0);
        step(optimizer, 0.1, gradient);
        EXPECT_NEAR(weight(0), 2 - std::copysign(0.1, gradient), 1e-6);
    }
}

TEST_F(OptimizerTest, AdamWorkedByHand) {
    auto optimizer = make(OptimizerName::kAdam, 0);
    double m = 0;
    double v = 0;
    double w = 2;
    for (int t = 1; t <= 3; ++t) {
        const double g = t;
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        w -= 0.01 * (m / (1 - std::pow(0.9, t))) / (std::sqrt(v / (1 - std::pow(0.999, t))) + 1e-8);
        step(optimizer, 0.01, g);
        EXPECT_NEAR(weight(0), w, 1e-14);
    }
}

TEST_F(OptimizerTest, L2PullsWeightsOnly) {
    auto optimizer = make(OptimizerName::kSgd, 0, 0.5);
    step(optimizer, 0.1, 1);
    EXPECT_DOUBLE_EQ(weight(0), 2 - 0.1 * (1 + 0.5 * 2));
    EXPECT_DOUBLE_EQ(bias(0), 2 - 0.1 * 1);
    EXPECT_EQ(weight_gradient(0), 1);  // what is logged stays the data loss's
}

TEST_F(OptimizerTest, LeavesFixedParametersAlone) {
    TrainConfig config;
    Optimizer<double> optimizer(config, {{"gamma", &weight, &weight_gradient, false, false}});
    step(optimizer, 0.1, 1);
    EXPECT_EQ(weight(0), 2);
}

}  // namespace
}  // namespace bnrun
