// One run's settings as plain data, each default in place; the defaults are the post's setting.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/iteration_set.h"
#include "base/origins.h"

namespace bnrun {

// Each enumeration's names, as written in a config, stand in the order of its enumerators.

enum class Precision { kFloat32, kFloat64 };
inline constexpr std::array<std::string_view, 2> kPrecisionNames{"float32", "float64"};

enum class Fidelity { kExact, kPublished };
inline constexpr std::array<std::string_view, 2> kFidelityNames{"exact", "published"};

enum class Source { kMnist, kIdx, kSynthetic, kFashionMnist };
inline constexpr std::array<std::string_view, 4> kSourceNames{"mnist", "idx", "synthetic", "fashion_mnist"};

enum class Preprocess { kNone, kCenter, kZscore, kPca, kZca };
inline constexpr std::array<std::string_view, 5> kPreprocessNames{"none", "center", "zscore", "pca", "zca"};

enum class Activation { kSigmoid, kTanh, kTanhOpt, kRelu, kLeakyRelu, kLinear, kPrelu, kElu, kGelu, kSilu, kSoftplus };
inline constexpr std::array<std::string_view, 11> kActivationNames{
    "sigmoid", "tanh", "tanh_opt", "relu", "leaky_relu", "linear", "prelu", "elu", "gelu", "silu", "softplus"};

enum class Output { kSoftmax, kSigmoidMse };
inline constexpr std::array<std::string_view, 2> kOutputNames{"softmax", "sigmoid_mse"};

enum class InitScheme {
    kPublished,
    kXavierNormal,
    kHeNormal,
    kGaussian,
    kOrthogonal,
    kLsuv,
    kUniformFanIn,
    kUniformGlorot
};
inline constexpr std::array<std::string_view, 8> kInitSchemeNames{
    "published", "xavier_normal", "he_normal", "gaussian", "orthogonal", "lsuv", "uniform_fan_in", "uniform_glorot"};

enum class Normalization { kNone, kBatch, kLayer, kRms, kGroup, kWeight };
inline constexpr std::array<std::string_view, 6> kNormalizationNames{"none", "batch", "layer",
                                                                     "rms",  "group", "weight"};

enum class LayerKind { kDense, kConv, kPool, kLrn, kResidual, kDropout };
inline constexpr std::array<std::string_view, 6> kLayerKindNames{"dense", "conv", "pool", "lrn", "residual", "dropout"};

enum class Pooling { kMax, kMean };
inline constexpr std::array<std::string_view, 2> kPoolingNames{"max", "mean"};

enum class Rounding { kFloor, kCeil };
inline constexpr std::array<std::string_view, 2> kRoundingNames{"floor", "ceil"};

enum class AlphaPer { kSize, kOne };
inline constexpr std::array<std::string_view, 2> kAlphaPerNames{"size", "one"};

enum class Placement { kPreActivation, kPostActivation };
inline constexpr std::array<std::string_view, 2> kPlacementNames{"pre_activation", "post_activation"};

enum class Inference { kLastEpoch, kMovingAverage, kPopulation };
inline constexpr std::array<std::string_view, 3> kInferenceNames{"last_epoch", "moving_average", "population"};

enum class Order { kShuffled, kSequential };
inline constexpr std::array<std::string_view, 2> kOrderNames{"shuffled", "sequential"};

enum class OptimizerName { kRmsprop, kSgd, kAdam, kNesterov };
inline constexpr std::array<std::string_view, 4> kOptimizerNames{"rmsprop", "sgd", "adam", "nesterov"};

enum class ScheduleName { kEpochFactor, kConstant, kStep, kInverse, kCosine };
inline constexpr std::array<std::string_view, 5> kScheduleNames{"epoch_factor", "constant", "step", "inverse",
                                                                "cosine"};

enum class Norm { kSpectral, kFrobenius, kRms };
inline constexpr std::array<std::string_view, 3> kNormNames{"spectral", "frobenius", "rms"};

/// What may be logged of layers; train/quantities says what each is.
enum class Quantity {
    kGradient,
    kActivation,
    kDistribution,
    kSaturation,
    kWeight,
    kUpdate,
    kNormalization,
    kCovariance,
    kCovariateShift,
    kLandscape,
    kCurvature,
    kPrediction
};
inline constexpr std::array<std::string_view, 12> kQuantityNames{
    "gradient",      "activation", "distribution",    "saturation", "weight",    "update",
    "normalization", "covariance", "covariate_shift", "landscape",  "curvature", "prediction"};

/// Displacements of Simard, Steinkraus and Platt, "Best practices for convolutional neural networks", ICDAR 2003.
struct ElasticConfig {
    double sigma = 0;  ///< pixels
    double alpha = 0;  ///< pixels; 0: none
};

/// How far training images are changed, at most; 0 of each: not at all. data/distort.h says how.
struct DistortConfig {
    double shift = 0;   ///< pixels
    double rotate = 0;  ///< degrees
    double scale = 0;
    double shear = 0;
    ElasticConfig elastic{};
    double contrast = 0;
    double brightness = 0;
    double noise = 0;

    /// Whether pixels come from elsewhere.
    [[nodiscard]] bool moves() const { return shift > 0 || rotate > 0 || scale > 0 || shear > 0 || elastic.alpha > 0; }
    /// Whether pixels have other values.
    [[nodiscard]] bool shades() const { return contrast > 0 || brightness > 0 || noise > 0; }
    [[nodiscard]] bool is_on() const { return moves() || shades(); }
};

struct DataConfig {
    Source source = Source::kMnist;
    std::optional<std::string> dir;           ///< none: where the source is looked for by itself
    std::optional<std::string> absolute_dir;  ///< where a relative dir was for the run that wrote the config
    Preprocess preprocess = Preprocess::kNone;
    std::optional<std::int64_t> train_samples;  ///< the first N; none: all
    std::optional<std::int64_t> test_samples;
    std::int64_t validation_samples = 0;  ///< the last of the training samples, which are not trained
    DistortConfig distort;
};

struct InitConfig {
    InitScheme scheme = InitScheme::kPublished;
    std::optional<double> std;  ///< given with `gaussian`, and only then
    double gain = 1;            ///< factor of every value drawn
    std::optional<std::string> from;
};

/// gamma or beta: learned or fixed, from one value for all units.
struct ScaleConfig {
    bool learn = true;
    double init = 0;
};

struct NormalizationConfig {
    Normalization kind = Normalization::kNone;
    Placement placement = Placement::kPreActivation;
    ScaleConfig gamma{true, 1};
    ScaleConfig beta{true, 0};  ///< where `rms` is not asked for one: fixed
    double epsilon = 1e-10;
    std::optional<std::int64_t> groups;  ///< of `group`
    Inference inference = Inference::kLastEpoch;
    double momentum = 0.9;  ///< of `moving_average`: the share of the old value that is kept
};

/// An entry of model.layers. Members count for the kinds that are named; what is not given is the model's.
struct LayerConfig {
    LayerKind kind = LayerKind::kDense;
    std::int64_t units = 0;                    ///< of dense; a convolution's channels
    std::array<std::int64_t, 2> kernel{1, 1};  ///< of conv: height and width
    std::int64_t stride = 1;                   ///< of conv and pool
    std::optional<std::int64_t> padding{0};    ///< of conv, on every side; none: half of the kernel, rounded down
    bool bias = true;                          ///< of dense and conv, as are the next three
    std::optional<Activation> activation;
    std::optional<NormalizationConfig> normalization;
    std::optional<InitConfig> init;
    Pooling pooling = Pooling::kMax;
    std::int64_t size = 2;  ///< of pool's and lrn's window
    Rounding rounding = Rounding::kFloor;
    bool across = true;  ///< lrn: over channels; false: over positions of one
    double alpha = 1e-4;
    double beta = 0.75;
    double k = 1;
    AlphaPer alpha_per = AlphaPer::kSize;
    double scale = 1;  ///< of residual, as is the next
    bool learn_scale = false;
    std::vector<LayerConfig> layers;
    double rate = 0;  ///< of dropout
};

struct ModelConfig {
    std::int64_t depth = 10;
    std::int64_t width = 200;
    std::vector<std::int64_t> hidden;  ///< instead of depth and width where not empty
    std::vector<LayerConfig> layers;   ///< instead of all three where not empty; the output layer is not among them
    Activation activation = Activation::kSigmoid;
    Output output = Output::kSoftmax;
    InitConfig init;
    NormalizationConfig normalization;
    double dropout = 0;  ///< after each hidden layer
};

struct OptimizerConfig {
    OptimizerName name = OptimizerName::kRmsprop;
    double learning_rate = 4e-5;
    double momentum = 0.8;  ///< of rmsprop, sgd and nesterov
};

/// How the learning rate goes on; train/schedule.h has the formulas.
struct ScheduleConfig {
    ScheduleName name = ScheduleName::kEpochFactor;
    std::vector<std::int64_t> iterations;  ///< of step: after so many of the run
    double factor = 0.1;                   ///< of step
    double gamma = 1e-4;                   ///< of inverse
    double power = 0.75;                   ///< of inverse
    std::int64_t warm_up = 0;              ///< iterations
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
    bool l2_biases = false;
    double bias_learning_rate = 1;  ///< factor of the learning rate
    ScheduleConfig learning_rate_schedule;
    double learning_rate_decay = 0.9;
    double min_learning_rate = 1e-5;
    Interval checkpoint_every;
    bool save_model = true;
};

struct LogConfig {
    std::int64_t every = 1;         ///< iterations between rows in the files; 0 = none
    std::vector<IterationSpan> at;  ///< iterations with rows instead, where not empty
    std::int64_t print_every = 10;  ///< iterations between rows on stdout; 0 = none
    Norm norm = Norm::kSpectral;
    bool evaluate_train = false;
    std::vector<Quantity> observe{Quantity::kGradient, Quantity::kActivation};
    std::vector<std::int64_t> layers;      ///< with weights, from 1, that layers.csv has; empty: all
    std::vector<IterationSpan> snapshots;  ///< iterations after which the model is kept

    [[nodiscard]] bool observes(Quantity quantity) const {
        return std::find(observe.begin(), observe.end(), quantity) != observe.end();
    }
    /// Whether there is one that layers.csv holds.
    [[nodiscard]] bool observes_layers() const {
        return std::any_of(observe.begin(), observe.end(), [](Quantity q) { return q > Quantity::kActivation; });
    }
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

    /// The hidden layers, whichever way they were given.
    [[nodiscard]] std::vector<LayerConfig> layers() const;
    /// Layers with weights but the output layer, those within a `residual` among them.
    [[nodiscard]] std::size_t hidden_layers() const;
    /// Of layers that normalize by the batch.
    [[nodiscard]] std::vector<NormalizationConfig> batch_norms() const;
    [[nodiscard]] bool has_batch_norm() const { return !batch_norms().empty(); }
};

/// What the kind's authors use.
constexpr double default_epsilon(Normalization kind) {
    return kind == Normalization::kNone || kind == Normalization::kBatch ? 1e-10 : 1e-5;
}

}  // namespace bnrun
