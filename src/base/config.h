// One run's settings as plain data, each default in place; the defaults are the post's setting.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/origins.h"

namespace bnrun {

// Each enumeration's names, as written in a config, stand in the order of its enumerators.

enum class Precision { kFloat32, kFloat64 };
inline constexpr std::array<std::string_view, 2> kPrecisionNames{"float32", "float64"};

enum class Fidelity { kExact, kPublished };
inline constexpr std::array<std::string_view, 2> kFidelityNames{"exact", "published"};

enum class Source { kMnist, kIdx, kSynthetic };
inline constexpr std::array<std::string_view, 3> kSourceNames{"mnist", "idx", "synthetic"};

enum class Preprocess { kNone, kCenter, kZscore, kPca, kZca };
inline constexpr std::array<std::string_view, 5> kPreprocessNames{"none", "center", "zscore", "pca", "zca"};

enum class Activation { kSigmoid, kTanh, kTanhOpt, kRelu, kLeakyRelu, kLinear };
inline constexpr std::array<std::string_view, 6> kActivationNames{"sigmoid", "tanh",       "tanh_opt",
                                                                  "relu",    "leaky_relu", "linear"};

enum class Output { kSoftmax, kSigmoidMse };
inline constexpr std::array<std::string_view, 2> kOutputNames{"softmax", "sigmoid_mse"};

enum class InitScheme { kPublished, kXavierNormal, kHeNormal, kGaussian };
inline constexpr std::array<std::string_view, 4> kInitSchemeNames{"published", "xavier_normal", "he_normal",
                                                                  "gaussian"};

enum class Placement { kPreActivation, kPostActivation };
inline constexpr std::array<std::string_view, 2> kPlacementNames{"pre_activation", "post_activation"};

enum class Inference { kLastEpoch, kMovingAverage, kPopulation };
inline constexpr std::array<std::string_view, 3> kInferenceNames{"last_epoch", "moving_average", "population"};

enum class Order { kShuffled, kSequential };
inline constexpr std::array<std::string_view, 2> kOrderNames{"shuffled", "sequential"};

enum class OptimizerName { kRmsprop, kSgd, kAdam };
inline constexpr std::array<std::string_view, 3> kOptimizerNames{"rmsprop", "sgd", "adam"};

enum class Norm { kSpectral, kFrobenius, kRms };
inline constexpr std::array<std::string_view, 3> kNormNames{"spectral", "frobenius", "rms"};

struct DataConfig {
    Source source = Source::kMnist;
    std::optional<std::string> dir;  ///< none: $BNRUN_DATA_DIR, then data/mnist
    Preprocess preprocess = Preprocess::kNone;
    std::optional<std::int64_t> train_samples;  ///< the first N; none: all
    std::optional<std::int64_t> test_samples;
};

struct InitConfig {
    InitScheme scheme = InitScheme::kPublished;
    std::optional<double> std;  ///< given with `gaussian`, and only then
    std::optional<std::string> from;
};

/// gamma or beta: learned or fixed, from one value for all units.
struct ScaleConfig {
    bool learn = true;
    double init = 0;
};

struct BatchNormConfig {
    bool enabled = false;
    Placement placement = Placement::kPreActivation;
    ScaleConfig gamma{true, 1};
    ScaleConfig beta{true, 0};
    double epsilon = 1e-10;
    Inference inference = Inference::kLastEpoch;
    double momentum = 0.9;  ///< of `moving_average`: the share of the old value that is kept
};

struct ModelConfig {
    std::int64_t depth = 10;
    std::int64_t width = 200;
    std::vector<std::int64_t> hidden;  ///< instead of depth and width where not empty
    Activation activation = Activation::kSigmoid;
    Output output = Output::kSoftmax;
    InitConfig init;
    BatchNormConfig batch_norm;
    double dropout = 0;
};

struct OptimizerConfig {
    OptimizerName name = OptimizerName::kRmsprop;
    double learning_rate = 4e-5;
    double momentum = 0.8;  ///< of rmsprop and sgd
};

/// How often something is done; a count of 0: never.
struct Interval {
    enum class Unit { kEpochs, kIterations };
    std::int64_t count = 1;
    Unit unit = Unit::kEpochs;
};

struct TrainConfig {
    std::int64_t epochs = 1;
    std::int64_t batch_size = 200;
    Order order = Order::kShuffled;
    OptimizerConfig optimizer;
    double l2 = 0;
    double learning_rate_decay = 0.9;
    double min_learning_rate = 1e-5;
    Interval checkpoint_every;
};

struct LogConfig {
    std::int64_t every = 1;         ///< iterations between rows in the files; 0 = none
    std::int64_t print_every = 10;  ///< iterations between rows on stdout; 0 = none
    Norm norm = Norm::kSpectral;
    bool evaluate_train = false;
};

struct Config {
    std::string name;
    std::int64_t seed = 1;
    Precision precision = Precision::kFloat32;
    Fidelity fidelity = Fidelity::kExact;
    DataConfig data;
    ModelConfig model;
    TrainConfig train;
    LogConfig log;
    Origins origins;  ///< for messages only

    /// Units of each hidden layer, whichever way they were given.
    [[nodiscard]] std::vector<std::int64_t> hidden_widths() const {
        if (!model.hidden.empty()) return model.hidden;
        return std::vector<std::int64_t>(static_cast<std::size_t>(model.depth), model.width);
    }
};

}  // namespace bnrun
