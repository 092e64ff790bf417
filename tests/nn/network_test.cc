#include "nn/network.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "nn/init.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

constexpr Index kInputs = 6;
constexpr Index kClasses = 3;

Config two_hidden_layers(bool batch_norm) {
    Config config;
    config.precision = Precision::kFloat64;
    config.model.hidden = {5, 4};
    config.model.batch_norm.enabled = batch_norm;
    config.model.batch_norm.epsilon = 0.01;
    return config;
}

class NetworkTest : public testing::Test {
  protected:
    static Network<double> make(const Config& config, ThreadTeam& team) {
        Network<double> network(kInputs, kClasses, config, team);
        network.load(draw_initial_values(config, kInputs, kClasses));
        return network;
    }

    BatchLoss<double> forward(Network<double>& network, Mode mode = Mode::kTrain, std::uint8_t* predictions = nullptr) {
        return network.forward(Panels<double>(x), labels.data(), mode, {1, 2, 0}, predictions);
    }

    ThreadTeam team{2};
    Matrix<double> x = normal_matrix(kInputs, 19, 0, 1);
    std::array<std::uint8_t, 19> labels{0, 1, 2, 0, 1, 2, 2, 2, 1, 0, 1, 2, 0, 0, 1, 1, 2, 0, 2};
};

TEST_F(NetworkTest, GradientsOfAllParametersAreCentralDifferences) {
    for (const bool batch_norm : {false, true}) {
        Config config = two_hidden_layers(batch_norm);
        config.model.dropout = 0.25;
        Network<double> network = make(config, team);
        forward(network);
        network.backward(Panels<double>(x.transpose()));
        for (const Parameter<double>& parameter : network.parameters()) {
            const Matrix<double> gradient = *parameter.gradient;
            const auto loss = [&] { return forward(network).loss; };
            EXPECT_LT(distance(gradient, slopes(*parameter.value, loss)), 1e-9) << parameter.name;
        }
    }
}

TEST_F(NetworkTest, WorkedByHandThroughOneHiddenUnit) {
    Config config;
    config.model.hidden = {1};
    config.model.activation = Activation::kLinear;
    Network<double> network(1, 2, config, team);
    network.load({{"layers.0.weight", {Precision::kFloat64, {1, 1}, {2}}},
                  {"layers.0.bias", {Precision::kFloat64, {1}, {1}}},
                  {"layers.1.weight", {Precision::kFloat64, {2, 1}, {1, 0}}}});
    const Matrix<double> one = Matrix<double>::Constant(1, 1, (std::log(3) - 1) / 2);  // logits log 3 and 0
    const std::uint8_t label = 0;
    const auto loss = network.forward(Panels<double>(one), &label, Mode::kTrain, {});
    EXPECT_NEAR(loss.loss, -std::log(0.75), 1e-15);
    network.backward(Panels<double>(one));
    const auto gradients = network.weight_gradients();
    ASSERT_EQ(gradients.size(), 2U);
    EXPECT_NEAR((*gradients[0])(0), -0.25 * one(0), 1e-15);  // p - y = -1/4, 1/4
    EXPECT_LT(distance(*gradients[1], (Matrix<double>(2, 1) << -0.25, 0.25).finished() * std::log(3)), 1e-15);
}

TEST_F(NetworkTest, ParametersStandInTheOrderOfLayersAndSayWhatTheyAre) {
    Config config = two_hidden_layers(true);
    config.model.batch_norm.beta.learn = false;
    Network<double> network = make(config, team);
    std::string names;
    for (const Parameter<double>& parameter : network.parameters()) {
        names += parameter.name.substr(std::string("layers.").size()) + " ";
        const std::string kind = parameter.name.substr(std::string("layers.0.").size());
        EXPECT_EQ(parameter.is_weight, kind == "weight") << parameter.name;
        EXPECT_EQ(parameter.learned, kind != "beta") << parameter.name;
    }
    EXPECT_EQ(names, "0.weight 0.bias 0.gamma 0.beta 1.weight 1.bias 1.gamma 1.beta 2.weight 2.bias ");
}

TEST_F(NetworkTest, TensorsOfOneMakeAnotherTheSame) {
    Network<double> network = make(two_hidden_layers(true), team);
    forward(network);
    for (HiddenLayer<double>& layer : network.hidden()) {
        EXPECT_TRUE(layer.batch_norm->observe());
        layer.batch_norm->take_averages();
    }
    const TensorMap tensors = network.tensors();
    EXPECT_EQ(tensors.size(), 2U * 6 + 2);
    EXPECT_EQ(tensors.at("layers.1.weight").shape, (std::vector<std::int64_t>{4, 5}));
    EXPECT_EQ(tensors.at("layers.1.variance").shape, (std::vector<std::int64_t>{4}));
    Network<double> other(kInputs, kClasses, two_hidden_layers(true), team);
    other.load(tensors);
    EXPECT_EQ(forward(other, Mode::kInference).loss, forward(network, Mode::kInference).loss);
    for (const auto& [name, tensor] : other.tensors()) EXPECT_EQ(tensor.values, tensors.at(name).values) << name;
}

TEST_F(NetworkTest, ExchangesEveryParameterAndAllThatBatchNormalizationCarriesOn) {
    Network<double> network = make(two_hidden_layers(true), team);
    TensorMap state;
    StateExchange save = StateExchange::saving(state);
    network.exchange_state(save);
    EXPECT_EQ(state.size(), network.parameters().size() + 2 * 6);
    Network<double> other(kInputs, kClasses, two_hidden_layers(true), team);
    StateExchange restore = StateExchange::restoring(state);
    other.exchange_state(restore);
    EXPECT_EQ(forward(other).loss, forward(network).loss);
    state.erase("layers.1.variance_sum");
    EXPECT_THROW(other.exchange_state(restore), DataError);
}

TEST_F(NetworkTest, PredictsTheClassOfEachSampleAndCountsWhatIsWrong) {
    Network<double> network = make(two_hidden_layers(false), team);
    std::array<std::uint8_t, 19> predictions{};
    const auto loss = forward(network, Mode::kInference, predictions.data());
    std::int64_t wrong = 0;
    double sum = 0;
    for (Index i = 0; i < x.cols(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        std::uint8_t alone = 9;
        const Matrix<double> sample = x.col(i);
        sum += network.forward(Panels<double>(sample), &labels.at(at), Mode::kInference, {}, &alone).loss;
        EXPECT_EQ(predictions.at(at), alone) << i;
        wrong += alone == labels.at(at) ? 0 : 1;
    }
    EXPECT_EQ(loss.wrong, wrong);
    EXPECT_NEAR(loss.loss, sum / 19, 1e-14);
}

TEST_F(NetworkTest, EachLayerDropsByAMaskOfItsOwn) {
    Config config;
    config.model.hidden = {16, 16};
    config.model.activation = Activation::kLinear;
    config.model.dropout = 0.5;
    Network<double> network(kInputs, kClasses, config, team);
    for (HiddenLayer<double>& layer : network.hidden()) layer.linear.bias.setOnes();
    forward(network);
    const auto kept = [&](std::size_t l) { return values_in(network.hidden()[l].output_transposed()); };
    EXPECT_NE(kept(0), kept(1));
}

}  // namespace
}  // namespace bnrun
