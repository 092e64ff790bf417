#include "nn/network.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <mutex>
#include <optional>

#include "base/error.h"
#include "nn/init.h"
#include "nn/layers/dropout.h"
#include "support/instrumented.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

constexpr Index kFeatures = 6;
constexpr Index kOutputs = 3;
constexpr std::array<std::optional<Placement>, 3> kPlacements{std::nullopt, Placement::kPreActivation,
                                                              Placement::kPostActivation};

Config two_hidden_layers(std::optional<Placement> batch_norm) {
    Config config;
    config.precision = Precision::kFloat64;
    config.model.hidden = {5, 4};
    config.model.normalization.kind = batch_norm.has_value() ? Normalization::kBatch : Normalization::kNone;
    config.model.normalization.placement = batch_norm.value_or(Placement::kPreActivation);
    config.model.normalization.epsilon = 0.01;
    return config;
}

/// A tensor's values by name, to be changed.
template <class T>
Matrix<T>& value_of(Network<T>& network, const std::string& name) {
    for (const NamedTensor<T>& tensor : network.tensors()) {
        if (tensor.name == name) return *tensor.value;
    }
    throw std::out_of_range(name);
}

template <class T>
const Matrix<T>& gradient_of(Network<T>& network, const std::string& name) {
    for (const NamedTensor<T>& tensor : network.parameters()) {
        if (tensor.name == name) return *tensor.gradient;
    }
    throw std::out_of_range(name);
}

std::vector<std::uint8_t> labels_of(Index samples, Index classes = kOutputs) {
    std::vector<std::uint8_t> labels;
    for (Index i = 0; i < samples; ++i) labels.push_back(static_cast<std::uint8_t>(i * i % 7 % classes));
    return labels;
}

class NetworkTest : public testing::Test {
  protected:
    static Network<double> make(const Config& config, ThreadTeam& team) {
        Network<double> network(kFeatures, kOutputs, config, team);
        network.load(draw_initial_values(config, kFeatures, kOutputs));
        return network;
    }

    BatchLoss<double> forward(Network<double>& network, Mode mode = Mode::kTrain, std::uint8_t* predictions = nullptr) {
        panels = poisoned_panels(x);
        return network.forward(panels, labels.data(), {mode, 1, 2}, predictions);
    }

    ThreadTeam team{2};
    Matrix<double> x = normal_matrix(kFeatures, 19, 0, 1);
    Panels<double> panels;
    std::array<std::uint8_t, 19> labels{0, 1, 2, 0, 1, 2, 2, 2, 1, 0, 1, 2, 0, 0, 1, 1, 2, 0, 2};
};

TEST_F(NetworkTest, GradientsOfAllParametersAreCentralDifferences) {
    for (const auto& placement : kPlacements) {
        for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
            Config config = two_hidden_layers(placement);
            config.model.dropout = 0.25;
            config.model.output = output;
            Network<double> network = make(config, team);
            forward(network);
            network.backward();
            for (const NamedTensor<double>& parameter : network.parameters()) {
                const Matrix<double> gradient = *parameter.gradient;
                const auto loss = [&] { return forward(network).loss; };
                EXPECT_LT(distance(gradient, slopes(*parameter.value, loss)), 1e-9) << parameter.name;
            }
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
    const Panels<double> sample(one);
    const std::uint8_t label = 0;
    const auto loss = network.forward(sample, &label, {});
    EXPECT_NEAR(loss.loss, -std::log(0.75), 1e-15);
    network.backward();
    const auto gradients = network.weight_gradients();
    ASSERT_EQ(gradients.size(), 2U);
    EXPECT_NEAR((*gradients[0])(0), -0.25 * one(0), 1e-15);  // p - y = -1/4, 1/4
    EXPECT_LT(distance(*gradients[1], (Matrix<double>(2, 1) << -0.25, 0.25).finished() * std::log(3)), 1e-15);
}

/// Loss and gradients of a network of dense layers and sigmoids, in whole matrices.
struct PlainNetwork {
    std::vector<Matrix<double>> weights;
    std::vector<Matrix<double>> biases;

    explicit PlainNetwork(Network<double>& network) {
        for (const NamedTensor<double>& tensor : network.tensors()) {
            (tensor.is_weight ? weights : biases).push_back(*tensor.value);
        }
    }

    double train(const Matrix<double>& x, const std::vector<std::uint8_t>& labels) {
        std::vector<Matrix<double>> outputs{x};
        for (std::size_t l = 0; l < weights.size(); ++l) {
            Matrix<double> z = (weights[l] * outputs.back()).colwise() + biases[l].col(0);
            if (l + 1 < weights.size()) z = 1 / (1 + (-z.array()).exp());
            outputs.push_back(z);
        }
        Matrix<double> d = outputs.back().array().exp();
        d.array().rowwise() /= d.array().colwise().sum().eval();
        double loss = 0;
        for (Index i = 0; i < x.cols(); ++i) {
            double& p = d(labels[static_cast<std::size_t>(i)], i);
            loss -= std::log(p) / static_cast<double>(x.cols());
            p -= 1;
        }
        d /= static_cast<double>(x.cols());
        for (std::size_t l = weights.size(); l-- > 0;) {
            weight_gradients.insert(weight_gradients.begin(), d * outputs[l].transpose());
            bias_gradients.insert(bias_gradients.begin(), d.rowwise().sum());
            const Matrix<double> below = weights[l].transpose() * d;
            d = below.array() * outputs[l].array() * (1 - outputs[l].array());
        }
        return loss;
    }

    std::vector<Matrix<double>> weight_gradients;
    std::vector<Matrix<double>> bias_gradients;
};

TEST(NetworkLoss, AndGradientsAreThoseOfWholeMatrices) {
    for (const Index width : {7, 200}) {  // 200: weights that are streamed, and layers whose weights are not
        Config config;
        config.precision = Precision::kFloat64;
        config.model.hidden = {width, width, 5};
        for (const int threads : {1, 2, 3}) {
            ThreadTeam team(threads, threads);
            Network<double> network(kFeatures, kOutputs, config, team);
            network.load(draw_initial_values(config, kFeatures, kOutputs));
            for (const Index samples : {200, 3, 16, 20}) {
                const Matrix<double> x = normal_matrix(kFeatures, samples, 0, 1);
                const auto labels = labels_of(samples);
                const Panels<double> panels = poisoned_panels(x);
                PlainNetwork plain(network);
                EXPECT_NEAR(network.forward(panels, labels.data(), {}).loss, plain.train(x, labels), 1e-13);
                network.backward();
                for (std::size_t l = 0; l < 4; ++l) {
                    const std::string layer = "layers." + std::to_string(l);
                    EXPECT_LT(distance(gradient_of(network, layer + ".weight"), plain.weight_gradients[l]), 1e-14)
                        << layer << ", width " << width << ", " << threads << " threads, " << samples << " samples";
                    EXPECT_LT(distance(gradient_of(network, layer + ".bias"), plain.bias_gradients[l]), 1e-14)
                        << layer << ", width " << width << ", " << threads << " threads, " << samples << " samples";
                }
            }
        }
    }
}

/// The bytes of all that a batch's way through a network gives.
template <class T>
struct Results {
    Results(Network<T>& network, Index samples) : predictions(static_cast<std::size_t>(samples)) {
        const Panels<T> x = poisoned_panels(Matrix<T>(normal_matrix(kFeatures, samples, 0, 1).template cast<T>()));
        const auto labels = labels_of(samples);
        network.begin_epoch();
        loss = network.forward(x, labels.data(), {Mode::kTrain, 3, 4}, predictions.data()).loss;
        finite = network.end_batch();
        network.end_epoch();
        network.backward();
        for (const NamedTensor<T>& parameter : network.parameters()) gradients.push_back(*parameter.gradient);
        for (const Range<T>& range : network.activation_ranges()) {
            ranges.push_back(range.min);
            ranges.push_back(range.max);
        }
        tested = network.forward(x, labels.data(), {Mode::kInference}).loss;
    }

    [[nodiscard]] bool same_as(const Results& other) const {
        bool same = same_number(loss, other.loss) && same_number(tested, other.tested) && finite == other.finite &&
                    predictions == other.predictions && ranges == other.ranges &&
                    gradients.size() == other.gradients.size();
        for (std::size_t i = 0; same && i < gradients.size(); ++i) same = same_bits(gradients[i], other.gradients[i]);
        return same;
    }

    /// A single sample has no variance, and so no inference by it.
    static bool same_number(Wide<T> a, Wide<T> b) { return a == b || (std::isnan(a) && std::isnan(b)); }

    Wide<T> loss = 0;
    Wide<T> tested = 0;
    bool finite = false;
    std::vector<std::uint8_t> predictions;
    std::vector<T> ranges;
    std::vector<Matrix<T>> gradients;
};

/// Of batches of the given sizes, one after the other through one network, for each number of threads.
template <class T>
void expect_same_results(const Config& config, const std::vector<Index>& sizes, const std::string& what) {
    const TensorMap values = draw_initial_values(config, kFeatures, kOutputs);
    std::vector<Results<T>> expected;
    for (const int threads : {1, 2, 3, 5}) {
        ThreadTeam team(threads, threads);
        Network<T> network(kFeatures, kOutputs, config, team);
        network.load(values);
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            const Results<T> results(network, sizes[i]);
            if (threads == 1) expected.push_back(results);
            EXPECT_TRUE(results.same_as(expected[i])) << what << ", " << threads << " threads, " << sizes[i];
        }
    }
}

std::vector<Index> one_to_forty_and_two_hundred() {
    std::vector<Index> sizes;
    for (Index samples = 1; samples <= 40; ++samples) sizes.push_back(samples);
    sizes.push_back(200);
    return sizes;
}

/// Every kind of network: without and with batch normalization, dropout, and each fidelity.
template <class Test>
void for_each_config(const std::vector<std::int64_t>& hidden, Test test) {
    for (const auto& placement : kPlacements) {
        for (const double dropout : {0.0, 0.3}) {
            for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
                Config config = two_hidden_layers(placement);
                config.model.hidden = hidden;
                config.model.dropout = dropout;
                config.fidelity = fidelity;
                const std::string name = placement ? std::string(kPlacementNames[static_cast<std::size_t>(*placement)])
                                                   : std::string("no batch normalization");
                test(config, name + ", dropout " + std::to_string(dropout) + ", " +
                                 std::string(kFidelityNames[static_cast<std::size_t>(fidelity)]));
            }
        }
    }
}

TEST(NetworkThreads, ChangeNoByteOfASmallNetwork) {
    for_each_config({5, 4}, [](const Config& config, const std::string& what) {
        expect_same_results<float>(config, one_to_forty_and_two_hundred(), what + ", float");
        expect_same_results<double>(config, one_to_forty_and_two_hundred(), what + ", double");
    });
}

TEST(NetworkThreads, ChangeNoByteOfANetworkWhoseWeightsAreStreamed) {
    for_each_config({260, 260, 40}, [](const Config& config, const std::string& what) {
        // A panel for some threads, and several for each.
        const std::vector<Index> sizes =
            kInstrumented ? std::vector<Index>{1, 17, 72, 5} : std::vector<Index>{1, 8, 17, 40, 200, 5};
        expect_same_results<float>(config, sizes, what + ", float");
        expect_same_results<double>(config, sizes, what + ", double");
    });
}

TEST(NetworkThreads, ChangeNoByteOfTheExtendedPrecision) {
    for_each_config({5, 4}, [](const Config& config, const std::string& what) {
        expect_same_results<long double>(config, {1, 8, 17, 40}, what);
    });
}

/// What an earlier batch left in a gradient is no part of the next.
TEST(NetworkGradients, DoNotDependOnTheBatchesBefore) {
    for (const int threads : {1, 2, 3}) {
        for (const Index samples : one_to_forty_and_two_hundred()) {
            ThreadTeam team(threads, threads);
            const Config config = two_hidden_layers(std::nullopt);
            Network<double> fresh(kFeatures, kOutputs, config, team);
            Network<double> used(kFeatures, kOutputs, config, team);
            for (Network<double>* network : {&fresh, &used}) {
                network->load(draw_initial_values(config, kFeatures, kOutputs));
            }
            const Results<double> earlier(used, 50);
            EXPECT_TRUE(Results<double>(used, samples).same_as(Results<double>(fresh, samples)))
                << threads << " threads, " << samples << " samples";
        }
    }
}

TEST(NetworkGradients, AreHandedOutOnceForEachRowWhenTheyAreComplete) {
    for (const int threads : {1, 2, 5}) {
        for (const Index samples : {4, 20, 60}) {
            ThreadTeam team(threads, threads);
            const Config config = two_hidden_layers(Placement::kPreActivation);
            Network<double> network(kFeatures, kOutputs, config, team);
            network.load(draw_initial_values(config, kFeatures, kOutputs));
            const Panels<double> x(normal_matrix(kFeatures, samples, 0, 1));
            const auto labels = labels_of(samples);
            const auto parameters = network.parameters();
            std::vector<std::vector<int>> used;
            std::vector<Matrix<double>> seen;
            for (const NamedTensor<double>& parameter : parameters) {
                used.emplace_back(static_cast<std::size_t>(parameter.value->rows()));
                seen.push_back(Matrix<double>::Zero(parameter.value->rows(), parameter.value->cols()));
            }
            std::mutex mutex;
            network.forward(x, labels.data(), {});
            network.backward([&](std::size_t parameter, IndexRange rows) {
                const std::lock_guard lock(mutex);
                const Matrix<double>& gradient = *parameters[parameter].gradient;
                seen[parameter].middleRows(rows.begin, rows.size()) = gradient.middleRows(rows.begin, rows.size());
                for (Index row = rows.begin; row < rows.end; ++row) ++used[parameter][static_cast<std::size_t>(row)];
            });
            for (std::size_t p = 0; p < parameters.size(); ++p) {
                EXPECT_EQ(used[p], std::vector<int>(used[p].size(), 1)) << parameters[p].name;
                EXPECT_TRUE(same_bits(seen[p], *parameters[p].gradient)) << parameters[p].name;
            }
        }
    }
}

/// x is the identity, so that the first layer's weights are what its units' sums are, and dLoss/d(weight) is what
/// dLoss/d(sum) is, for each unit and sample.
struct PublishedByHand {
    static constexpr Index kUnits = 4;
    static constexpr Index kSamples = 6;

    explicit PublishedByHand(ThreadTeam& team, const Config& config) : network(kSamples, 2, config, team) {
        value_of(network, "layers.0.weight") = normal_matrix(kUnits, kSamples, 0, 1, 1);
        value_of(network, "layers.1.weight") = normal_matrix(2, kUnits, 0, 1, 2);
        value_of(network, "layers.1.bias") = normal_matrix(2, 1, 0, 1, 3);
        Panels<double> drawn;
        drawn.resize(kUnits, kSamples);
        draw_dropout_mask({7, 8, 0}, 0.5, drawn, 0);
        mask = to_matrix(drawn);
        network.forward(x, labels.data(), {Mode::kTrain, 7, 8});
        network.backward();
    }

    /// dLoss/d(logits) = (p - y) / samples.
    [[nodiscard]] Matrix<double> output_gradient(const Matrix<double>& hidden) {
        const Matrix<double> z = (value_of(network, "layers.1.weight") * hidden).colwise() +
                                 Vector<double>(value_of(network, "layers.1.bias").col(0));
        Matrix<double> p = z.array().exp();
        p.array().rowwise() /= p.array().colwise().sum().eval();
        for (std::size_t i = 0; i < labels.size(); ++i) p(labels.at(i), static_cast<Index>(i)) -= 1;
        return p / kSamples;
    }

    Panels<double> x{Matrix<double>::Identity(kSamples, kSamples)};
    std::array<std::uint8_t, kSamples> labels{0, 1, 1, 0, 1, 0};
    Network<double> network;
    Matrix<double> mask;
};

Config published_half() {
    Config config;
    config.precision = Precision::kFloat64;
    config.fidelity = Fidelity::kPublished;
    config.model.hidden = {PublishedByHand::kUnits};
    config.model.dropout = 0.5;
    return config;
}

TEST_F(NetworkTest, PublishedDropoutTakesTheDerivativeAtTheScaledOutputAndLeavesTheScaleOut) {
    PublishedByHand hand(team, published_half());
    const Matrix<double> s = 1 / (1 + (-value_of(hand.network, "layers.0.weight").array()).exp());
    const Matrix<double> h = s.cwiseProduct(hand.mask);
    const Matrix<double> d = hand.output_gradient(h);
    EXPECT_LT(distance(gradient_of(hand.network, "layers.1.weight"), d * h.transpose()), 1e-15);
    EXPECT_LT(distance(gradient_of(hand.network, "layers.1.bias"), d.rowwise().sum()), 1e-15);
    const Matrix<double> below = value_of(hand.network, "layers.1.weight").transpose() * d;
    const Matrix<double> expected =
        below.array() * (hand.mask.array() > 0).cast<double>() * h.array() * (1 - h.array());
    EXPECT_LT(distance(gradient_of(hand.network, "layers.0.weight"), expected), 1e-15);
    EXPECT_LT(distance(gradient_of(hand.network, "layers.0.bias"), expected.rowwise().sum()), 1e-15);
    EXPECT_EQ(hand.mask.minCoeff(), 0);
    EXPECT_EQ(hand.mask.maxCoeff(), 2);
    EXPECT_EQ(hand.network.activation_ranges()[0].min, s.minCoeff());  // before dropout
    EXPECT_EQ(hand.network.activation_ranges()[0].max, s.maxCoeff());
}

TEST_F(NetworkTest, ExactDropoutScalesTheGradientAndTakesTheDerivativeAtTheActivation) {
    Config config = published_half();
    config.fidelity = Fidelity::kExact;
    PublishedByHand hand(team, config);
    const Matrix<double> s = 1 / (1 + (-value_of(hand.network, "layers.0.weight").array()).exp());
    const Matrix<double> d = hand.output_gradient(s.cwiseProduct(hand.mask));
    const Matrix<double> below = value_of(hand.network, "layers.1.weight").transpose() * d;
    const Matrix<double> expected = below.array() * hand.mask.array() * s.array() * (1 - s.array());
    EXPECT_LT(distance(gradient_of(hand.network, "layers.0.weight"), expected), 1e-15);
}

/// After a batch normalization the derivative is taken at the activation, with either fidelity.
TEST_F(NetworkTest, PublishedDropoutAfterBatchNormalizationTakesTheDerivativeAtTheActivation) {
    Config config = published_half();
    config.model.normalization.kind = Normalization::kBatch;
    config.model.normalization.placement = Placement::kPostActivation;
    config.model.normalization.epsilon = 0.01;
    config.model.normalization.gamma.init = 1.5;
    config.model.normalization.beta.init = 0.25;
    PublishedByHand hand(team, config);
    const Matrix<double> s = 1 / (1 + (-value_of(hand.network, "layers.0.weight").array()).exp());
    const Vector<double> mean = s.rowwise().mean();
    const Matrix<double> centered = s.colwise() - mean;
    const Vector<double> deviation = (centered.array().square().rowwise().mean() + 0.01).sqrt();
    const Matrix<double> normalized = centered.array().colwise() / deviation.array();
    const Matrix<double> y = 1.5 * normalized.array() + 0.25;
    const Matrix<double> d = hand.output_gradient(y.cwiseProduct(hand.mask));
    const Matrix<double> dy =
        (value_of(hand.network, "layers.1.weight").transpose() * d).array() * (hand.mask.array() > 0).cast<double>();
    EXPECT_LT(distance(gradient_of(hand.network, "layers.0.beta"), dy.rowwise().sum()), 1e-14);
    EXPECT_LT(distance(gradient_of(hand.network, "layers.0.gamma"), dy.cwiseProduct(y).rowwise().sum()), 1e-14);
    const Vector<double> sum = dy.rowwise().mean();
    const Vector<double> product = dy.cwiseProduct(normalized).rowwise().mean();
    Matrix<double> ds = dy.colwise() - sum;
    ds.array() -= normalized.array().colwise() * product.array();
    ds.array().colwise() *= 1.5 / deviation.array();
    const Matrix<double> expected = ds.array() * s.array() * (1 - s.array());
    EXPECT_LT(distance(gradient_of(hand.network, "layers.0.weight"), expected), 1e-14);
}

TEST_F(NetworkTest, ParametersStandInTheOrderOfLayersAndSayWhatTheyAre) {
    Config config = two_hidden_layers(Placement::kPreActivation);
    config.model.normalization.beta.learn = false;
    Network<double> network = make(config, team);
    std::string names;
    for (const NamedTensor<double>& parameter : network.parameters()) {
        names += parameter.name.substr(std::string("layers.").size()) + " ";
        const std::string kind = parameter.name.substr(std::string("layers.0.").size());
        EXPECT_EQ(parameter.is_weight, kind == "weight") << parameter.name;
        EXPECT_EQ(parameter.learned, kind != "beta") << parameter.name;
    }
    EXPECT_EQ(names, "0.weight 0.bias 0.gamma 0.beta 1.weight 1.bias 1.gamma 1.beta 2.weight 2.bias ");
}

TEST_F(NetworkTest, TensorsOfOneMakeAnotherTheSame) {
    for (const auto& placement : {kPlacements[1], kPlacements[2]}) {
        Network<double> network = make(two_hidden_layers(placement), team);
        network.begin_epoch();
        forward(network);
        EXPECT_TRUE(network.end_batch());
        network.end_epoch();
        const TensorMap tensors = network.save();
        EXPECT_EQ(tensors.size(), 2U * 6 + 2);
        EXPECT_EQ(tensors.at("layers.1.weight").shape, (std::vector<std::int64_t>{4, 5}));
        EXPECT_EQ(tensors.at("layers.1.variance").shape, (std::vector<std::int64_t>{4}));
        EXPECT_NE(tensors.at("layers.1.variance").values, std::vector<double>(4, 1));
        EXPECT_EQ(tensors.at("layers.0.bias").precision, Precision::kFloat64);
        Network<double> other(kFeatures, kOutputs, two_hidden_layers(placement), team);
        other.load(tensors);
        EXPECT_EQ(forward(other, Mode::kInference).loss, forward(network, Mode::kInference).loss);
        for (const auto& [name, tensor] : other.save()) EXPECT_EQ(tensor.values, tensors.at(name).values) << name;
    }
}

TEST_F(NetworkTest, LoadLeavesAloneWhatIsNotNamed) {
    Network<double> network = make(two_hidden_layers(Placement::kPreActivation), team);
    const TensorMap before = network.save();
    network.load({{"layers.1.bias", {Precision::kFloat64, {4}, {1, 2, 3, 4}}},
                  {"layers.7.bias", {Precision::kFloat64, {1}, {1}}}});
    for (const auto& [name, tensor] : network.save()) {
        EXPECT_EQ(tensor.values == before.at(name).values, name != "layers.1.bias") << name;
    }
    EXPECT_EQ(network.save().at("layers.1.bias").values, (std::vector<double>{1, 2, 3, 4}));
}

TEST_F(NetworkTest, ExchangesEveryParameterAndAllThatBatchNormalizationCarriesOn) {
    Network<double> network = make(two_hidden_layers(Placement::kPreActivation), team);
    forward(network);
    EXPECT_TRUE(network.end_batch());
    TensorMap state;
    StateExchange save = StateExchange::saving(state);
    network.exchange_state(save);
    EXPECT_EQ(state.size(), network.parameters().size() + 2 * 6);
    EXPECT_EQ(state.at("layers.1.batches").values, std::vector<double>{1});
    Network<double> other(kFeatures, kOutputs, two_hidden_layers(Placement::kPreActivation), team);
    StateExchange restore = StateExchange::restoring(state);
    other.exchange_state(restore);
    EXPECT_EQ(forward(other).loss, forward(network).loss);
    for (Network<double>* each : {&network, &other}) {
        EXPECT_TRUE(each->end_batch());
        each->end_epoch();
    }
    for (const auto& [name, tensor] : other.save()) EXPECT_EQ(tensor.values, network.save().at(name).values) << name;
    state.erase("layers.1.variance_sum");
    EXPECT_THROW(other.exchange_state(restore), DataError);
}

TEST_F(NetworkTest, PredictsTheClassOfEachSampleAndCountsWhatIsWrong) {
    Network<double> network = make(two_hidden_layers(std::nullopt), team);
    std::array<std::uint8_t, 19> predictions{};
    const auto loss = forward(network, Mode::kInference, predictions.data());
    std::int64_t wrong = 0;
    double sum = 0;
    for (Index i = 0; i < x.cols(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        std::uint8_t alone = 9;
        const Panels<double> sample(Matrix<double>(x.col(i)));
        sum += network.forward(sample, &labels.at(at), {Mode::kInference}, &alone).loss;
        EXPECT_EQ(predictions.at(at), alone) << i;
        wrong += alone == labels.at(at) ? 0 : 1;
    }
    EXPECT_EQ(loss.wrong, wrong);
    EXPECT_NEAR(loss.loss, sum / 19, 1e-14);
}

/// With no weights before the output layer, what a layer's units give is their mask, which shows in the gradient of
/// the next layer's weights, of which only columns of units that were kept are not 0.
TEST_F(NetworkTest, EachLayerDropsByAMaskOfItsOwn) {
    constexpr Index kUnits = 16;
    Config config;
    config.model.hidden = {kUnits, kUnits};
    config.model.activation = Activation::kLinear;
    config.model.dropout = 0.5;
    Network<double> network(kFeatures, kOutputs, config, team);
    for (const char* layer : {"layers.0", "layers.1"}) value_of(network, layer + std::string(".bias")).setOnes();
    value_of(network, "layers.2.weight") = normal_matrix(kOutputs, kUnits, 0, 1);
    x = normal_matrix(kFeatures, 1, 0, 1);
    forward(network);
    network.backward();
    std::vector<Matrix<double>> kept;
    for (const std::uint32_t layer : {0U, 1U}) {
        const Matrix<double>& gradient = *network.weight_gradients()[layer + 1];
        kept.push_back((gradient.cwiseAbs().colwise().maxCoeff().array() > 0).cast<double>().matrix().transpose());
        Panels<double> mask;
        mask.resize(kUnits, 1);
        draw_dropout_mask({1, 2, layer}, 0.5, mask, 0);
        EXPECT_EQ(kept.back(), to_matrix(mask) / 2) << layer;
    }
    EXPECT_NE(kept[0], kept[1]);
}

TEST_F(NetworkTest, DropsInTrainingOnlyAndByTheStep) {
    Config config = two_hidden_layers(std::nullopt);
    Network<double> whole = make(config, team);
    config.model.dropout = 0.5;
    Network<double> network = make(config, team);
    EXPECT_EQ(forward(network, Mode::kInference).loss, forward(whole, Mode::kInference).loss);
    EXPECT_EQ(forward(network, Mode::kStatistics).loss, forward(whole, Mode::kInference).loss);
    const double dropped = forward(network).loss;
    EXPECT_NE(dropped, forward(whole).loss);
    EXPECT_EQ(dropped, forward(network).loss);
    EXPECT_NE(dropped, network.forward(panels, labels.data(), {Mode::kTrain, 1, 3}).loss);
    EXPECT_NE(dropped, network.forward(panels, labels.data(), {Mode::kTrain, 2, 2}).loss);
}

TEST_F(NetworkTest, RangesAreThoseOfTheActivationFunctionsBeforeBatchNormalizationAndDropout) {
    for (const auto& placement : kPlacements) {
        for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
            Config config = two_hidden_layers(placement);
            config.fidelity = fidelity;
            config.model.activation = Activation::kTanh;
            config.model.dropout = 0.5;
            Network<double> network = make(config, team);
            forward(network);
            const auto ranges = network.activation_ranges();
            ASSERT_EQ(ranges.size(), 2U);
            const Vector<double> bias = value_of(network, "layers.0.bias").col(0);
            Matrix<double> z = (value_of(network, "layers.0.weight") * x).colwise() + bias;
            if (placement == Placement::kPreActivation) {
                z = (z.colwise() - Vector<double>(z.rowwise().mean())).eval();
                const Vector<double> variance = z.array().square().rowwise().mean() + 0.01;
                z.array().colwise() /= variance.array().sqrt();
            }
            const Matrix<double> activations = z.array().tanh();
            EXPECT_NEAR(ranges[0].min, activations.minCoeff(), 1e-14);
            EXPECT_NEAR(ranges[0].max, activations.maxCoeff(), 1e-14);
            EXPECT_LT(ranges[1].min, ranges[1].max);
        }
    }
}

TEST_F(NetworkTest, RangesAreNotANumberWhereAnActivationIs) {
    Config config = two_hidden_layers(std::nullopt);
    config.model.activation = Activation::kRelu;
    Network<double> network = make(config, team);
    x(2, 17) = std::nan("");
    EXPECT_TRUE(std::isnan(forward(network).loss));
    for (const Range<double>& range : network.activation_ranges()) {
        EXPECT_TRUE(std::isnan(range.min));
        EXPECT_TRUE(std::isnan(range.max));
    }
}

/// As network.h says: of the last forward pass in kTrain.
TEST_F(NetworkTest, RangesStayThoseOfTrainingThroughAnEvaluation) {
    Network<double> network = make(two_hidden_layers(std::nullopt), team);
    forward(network);
    const auto before = network.activation_ranges();
    x *= 3;
    forward(network, Mode::kInference);
    const auto after = network.activation_ranges();
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t l = 0; l < before.size(); ++l) {
        EXPECT_EQ(after[l].min, before[l].min);
        EXPECT_EQ(after[l].max, before[l].max);
    }
}

TEST_F(NetworkTest, ABatchsStatisticsNormalizeButInInference) {
    for (const auto& placement : {kPlacements[1], kPlacements[2]}) {
        Network<double> network = make(two_hidden_layers(placement), team);
        const double trained = forward(network).loss;
        EXPECT_EQ(forward(network, Mode::kStatistics).loss, trained);
        EXPECT_NE(forward(network, Mode::kInference).loss, trained);
    }
}

TEST_F(NetworkTest, SaysThatABatchsStatisticsAreBeyondTheRange) {
    Network<double> network = make(two_hidden_layers(Placement::kPreActivation), team);
    x(0, 3) = 1e200;
    forward(network);
    EXPECT_FALSE(network.end_batch());
    network.begin_epoch();
    x(0, 3) = 0;
    forward(network);
    EXPECT_TRUE(network.end_batch());
}

}  // namespace
}  // namespace bnrun
