#include "nn/optimizer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/matrices.h"

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
        optimizer.begin_step(learning_rate);
        optimizer.update(0, {0, 1});
        optimizer.update(1, {0, 1});
    }

    Matrix<double> weight = Matrix<double>::Constant(1, 1, 2);
    Matrix<double> bias = Matrix<double>::Constant(1, 1, 2);
    Matrix<double> weight_gradient = Matrix<double>::Zero(1, 1);
    Matrix<double> bias_gradient = Matrix<double>::Zero(1, 1);
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
    for (const OptimizerName name : {OptimizerName::kRmsprop, OptimizerName::kSgd, OptimizerName::kAdam}) {
        TrainConfig config;
        config.optimizer.name = name;
        const std::vector<NamedTensor<double>> parameters{{"gamma", &bias, &bias_gradient, false, false},
                                                          {"weight", &weight, &weight_gradient, true, true}};
        Optimizer<double> optimizer(config, parameters);
        step(optimizer, 0.1, 1);
        EXPECT_EQ(bias(0), 2);
        EXPECT_NE(weight(0), 2);
        TensorMap state;
        StateExchange save = StateExchange::saving(state);
        optimizer.exchange_state(save);
        for (const auto& [key, tensor] : state) EXPECT_EQ(key.find("gamma"), std::string::npos) << key;
    }
}

/// A matrix of several rows, and a step's gradient for it.
struct Rows {
    Optimizer<float> optimizer(OptimizerName name) {
        TrainConfig config;
        config.optimizer.name = name;
        config.l2 = 0.01;
        return {config, {{"weight", &value, &gradient, true, true}}};
    }

    Matrix<float> value = normal_matrix(9, 7, 0, 1, 1).cast<float>();
    Matrix<float> gradient = normal_matrix(9, 7, 0, 1, 2).cast<float>();
};

TEST(OptimizerRows, UpdatedInPartsInAnyOrderAreTheSameBits) {
    for (const OptimizerName name : {OptimizerName::kRmsprop, OptimizerName::kSgd, OptimizerName::kAdam}) {
        Rows whole;
        Rows parts;
        auto of_whole = whole.optimizer(name);
        auto of_parts = parts.optimizer(name);
        for (int step = 0; step < 3; ++step) {
            of_whole.begin_step(0.1);
            of_whole.update(0, {0, 9});
            of_parts.begin_step(0.1);
            for (const IndexRange& rows : {IndexRange{4, 9}, IndexRange{1, 4}, IndexRange{2, 2}, IndexRange{0, 1}}) {
                of_parts.update(0, rows);
            }
            EXPECT_TRUE(same_bits(whole.value, parts.value)) << step;
            EXPECT_FALSE(same_bits(whole.value, Rows().value)) << step;
        }
    }
}

TEST(OptimizerRows, NotAskedForStayAsTheyAre) {
    Rows rows;
    const Matrix<float> before = rows.value;
    auto optimizer = rows.optimizer(OptimizerName::kSgd);
    optimizer.begin_step(0.1);
    optimizer.update(0, {3, 5});
    EXPECT_EQ(rows.value.topRows(3), before.topRows(3));
    EXPECT_EQ(rows.value.bottomRows(4), before.bottomRows(4));
    EXPECT_TRUE(((rows.value - before).middleRows(3, 2).array() != 0).all());
}

TEST(OptimizerState, ResumesAsIfItHadNotStopped) {
    for (const OptimizerName name : {OptimizerName::kRmsprop, OptimizerName::kSgd, OptimizerName::kAdam}) {
        Rows whole;
        auto optimizer = whole.optimizer(name);
        const auto step = [](Optimizer<float>& of) {
            of.begin_step(0.1);
            of.update(0, {0, 9});
        };
        step(optimizer);
        TensorMap state;
        StateExchange save = StateExchange::saving(state);
        optimizer.exchange_state(save);
        EXPECT_EQ(state.count("weight.velocity"), 1U);
        EXPECT_EQ(state.count("weight.square"), name == OptimizerName::kSgd ? 0U : 1U);
        Rows rest;
        rest.value = whole.value;
        auto resumed = rest.optimizer(name);
        StateExchange restore = StateExchange::restoring(state);
        resumed.exchange_state(restore);
        step(optimizer);
        step(resumed);
        EXPECT_TRUE(same_bits(whole.value, rest.value));
    }
}

}  // namespace
}  // namespace bnrun
