#include "nn/optimizer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/matrices.h"

namespace bnrun {
namespace {

std::vector<OptimizerName> all_optimizers() {
    std::vector<OptimizerName> all;
    for (std::size_t i = 0; i < kOptimizerNames.size(); ++i) all.push_back(static_cast<OptimizerName>(i));
    return all;
}

/// One weight, one bias and one gamma, each with the gradient of every step given by the test.
class OptimizerTest : public testing::Test {
  protected:
    Optimizer<double> make(OptimizerName name, double momentum, double l2 = 0) {
        TrainConfig config;
        config.optimizer.name = name;
        config.optimizer.momentum = momentum;
        config.l2 = l2;
        return make(config);
    }

    Optimizer<double> make(const TrainConfig& config) {
        return {config,
                {{"weight", &weight, &weight_gradient, true, true},
                 {.name = "bias", .value = &bias, .gradient = &bias_gradient, .is_bias = true},
                 {"gamma", &gamma, &gamma_gradient, false, true}}};
    }

    void step(Optimizer<double>& optimizer, double learning_rate, double gradient) {
        weight_gradient.setConstant(gradient);
        bias_gradient.setConstant(gradient);
        gamma_gradient.setConstant(gradient);
        optimizer.begin_step(learning_rate);
        for (const std::size_t parameter : {0U, 1U, 2U}) optimizer.update(parameter, {0, 1});
    }

    Matrix<double> weight = Matrix<double>::Constant(1, 1, 2);
    Matrix<double> bias = Matrix<double>::Constant(1, 1, 2);
    Matrix<double> weight_gradient = Matrix<double>::Zero(1, 1);
    Matrix<double> bias_gradient = Matrix<double>::Zero(1, 1);
    Matrix<double> gamma = Matrix<double>::Constant(1, 1, 2);
    Matrix<double> gamma_gradient = Matrix<double>::Zero(1, 1);
};

TEST_F(OptimizerTest, SgdWorkedByHand) {
    auto optimizer = make(OptimizerName::kSgd, 0.5);
    step(optimizer, 0.1, 4);  // v = 4, w = 2 - 0.4
    EXPECT_DOUBLE_EQ(weight(0), 1.6);
    step(optimizer, 0.2, 1);  // v = 0.5 * 4 + 1 = 3, w = 1.6 - 0.6
    EXPECT_DOUBLE_EQ(weight(0), 1.0);
}

TEST_F(OptimizerTest, NesterovWorkedByHand) {
    auto optimizer = make(OptimizerName::kNesterov, 0.5);
    step(optimizer, 0.1, 4);  // v = 4, w = 2 - 0.1 (4 + 0.5 * 4)
    EXPECT_DOUBLE_EQ(weight(0), 1.4);
    step(optimizer, 0.2, 1);  // v = 0.5 * 4 + 1 = 3, w = 1.4 - 0.2 (1 + 0.5 * 3)
    EXPECT_DOUBLE_EQ(weight(0), 0.9);
}

TEST_F(OptimizerTest, NesterovWithoutMomentumIsSgd) {
    auto optimizer = make(OptimizerName::kNesterov, 0, 0.5);
    step(optimizer, 0.1, 1);
    const double w = weight(0);
    EXPECT_DOUBLE_EQ(w, 2 - 0.1 * (1 + 0.5 * 2));
    step(optimizer, 0.1, 3);
    EXPECT_DOUBLE_EQ(weight(0), w - 0.1 * (3 + 0.5 * w));
}

/// Sutskever et al. 2013: v' <- momentum v' - lr grad(theta + momentum v'), theta <- theta + v'. What this optimizer
/// calls w is theta + momentum v', where the gradient is taken, with v' = -lr v.
TEST_F(OptimizerTest, NesterovLooksAheadAsItsPaperDoes) {
    constexpr double kRate = 0.1;
    constexpr double kMomentum = 0.75;
    auto optimizer = make(OptimizerName::kNesterov, kMomentum);
    const auto slope = [](double at) { return 2 * at + 0.5 * at * at; };
    double theta = 2;
    double velocity = 0;
    for (int i = 0; i < 5; ++i) {
        velocity = kMomentum * velocity - kRate * slope(theta + kMomentum * velocity);
        theta += velocity;
        step(optimizer, kRate, slope(weight(0)));
        EXPECT_NEAR(weight(0), theta + kMomentum * velocity, 1e-14);
    }
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
    EXPECT_DOUBLE_EQ(gamma(0), 2 - 0.1 * 1);
    EXPECT_EQ(weight_gradient(0), 1);  // what is logged stays the data loss's
}

TEST_F(OptimizerTest, L2PullsBiasesWhereItIsAskedToAndNoGamma) {
    TrainConfig config;
    config.optimizer = {OptimizerName::kSgd, 0, 0};
    config.l2 = 0.5;
    config.l2_biases = true;
    auto optimizer = make(config);
    step(optimizer, 0.1, 1);
    EXPECT_DOUBLE_EQ(weight(0), 2 - 0.1 * (1 + 0.5 * 2));
    EXPECT_DOUBLE_EQ(bias(0), 2 - 0.1 * (1 + 0.5 * 2));
    EXPECT_DOUBLE_EQ(gamma(0), 2 - 0.1 * 1);
}

TEST_F(OptimizerTest, ABiassFactorIsOfItsLearningRateAlone) {
    for (const OptimizerName name : all_optimizers()) {
        for (Matrix<double>* value : {&weight, &bias, &gamma}) value->setConstant(2);
        TrainConfig config;
        config.optimizer = {name, 0, 0.5};
        config.bias_learning_rate = 3;
        auto optimizer = make(config);
        step(optimizer, 0.01, 1);
        EXPECT_NE(weight(0), 2);
        EXPECT_EQ(gamma(0), weight(0));
        EXPECT_NEAR(2 - bias(0), 3 * (2 - weight(0)), 1e-14);
    }
}

TEST_F(OptimizerTest, LeavesFixedParametersAlone) {
    for (const OptimizerName name : all_optimizers()) {
        TrainConfig config;
        config.optimizer.name = name;
        const std::vector<NamedTensor<double>> parameters{
            {"gamma", &bias, &bias_gradient, false, false},
            {"weight", &weight, &weight_gradient, true, true},
            {.name = "bias", .value = &gamma, .gradient = &gamma_gradient, .is_bias = true}};
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
    for (const OptimizerName name : all_optimizers()) {
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
    for (const OptimizerName name : all_optimizers()) {
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
        const bool squares = name == OptimizerName::kRmsprop || name == OptimizerName::kAdam;
        EXPECT_EQ(state.count("weight.square"), squares ? 1U : 0U);
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
