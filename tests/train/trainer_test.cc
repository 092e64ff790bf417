#include "train/trainer.h"

#include <cmath>
#include <numeric>

#include "base/error.h"
#include "math/reduce.h"
#include "nn/init.h"
#include "support/scratch.h"
#include "support/small_training.h"
#include "train/schedule.h"
#include "train/test_model.h"

namespace bnrun {
namespace {

class TrainingTest : public testing::Test {
  protected:
    TrainResult run(const TensorMap& initial = {}) {
        records = {};
        records.stop_after = stop_after;
        return train(config, dataset, initial, team, records);
    }

    Config config = small_config();
    Dataset dataset = make_dataset(205);
    ThreadTeam team{2};
    Records records;
    std::size_t stop_after = SIZE_MAX;
};

TEST_F(TrainingTest, LearnsAnEasyProblem) {
    const TrainResult result = run();
    EXPECT_EQ(result.outcome, Outcome::kDone);
    ASSERT_EQ(records.epochs.size(), 4U);
    EXPECT_GT(records.epochs.front().train_loss, 2 * records.epochs.back().train_loss);
    EXPECT_LT(records.epochs.back().test_error, 0.05);
    EXPECT_EQ(records.epochs.back().test_samples, 40);
}

TEST_F(TrainingTest, CountsIterationsFromOneInEachEpochAndUsesTheShortLastBatch) {
    const TrainResult result = run();
    ASSERT_EQ(records.iterations.size(), 4U * 11);
    EXPECT_EQ(records.iterations[11].epoch, 2);
    EXPECT_EQ(records.iterations[11].iteration, 1);
    EXPECT_EQ(records.iterations[11].iterations, 11);
    EXPECT_EQ(result.samples, 4 * 205);
    EXPECT_EQ(records.iterations[3].gradient_norms.size(), 3U);
    EXPECT_EQ(records.iterations[3].activation_min.size(), 2U);
}

TEST_F(TrainingTest, ASingleLastSampleIsLeftOutWithBatchNormalizationOnly) {
    dataset = make_dataset(201);
    EXPECT_EQ(run().samples, 4 * 200);
    EXPECT_EQ(records.iterations.front().iterations, 10);
    config.model.normalization.kind = Normalization::kNone;
    EXPECT_EQ(run().samples, 4 * 201);
    EXPECT_EQ(records.iterations.front().iterations, 11);
}

TEST_F(TrainingTest, LearningRateDecaysAfterEachEpochDownToItsFloor) {
    config.train.learning_rate_decay = 0.5;
    config.train.min_learning_rate = 0.2;
    run();
    std::vector<double> rates;
    for (std::size_t i = 0; i < records.iterations.size(); i += 11)
        rates.push_back(records.iterations[i].learning_rate);
    EXPECT_EQ(rates, (std::vector<double>{0.5, 0.25, 0.2, 0.2}));
    config.train.min_learning_rate = 0.9;  // a floor above the rate does not raise it
    run();
    EXPECT_EQ(records.iterations.back().learning_rate, 0.5);
}

TEST_F(TrainingTest, ARateIsTheSchedulesOfItsIterationOfTheRun) {
    for (std::size_t name = 0; name < kScheduleNames.size(); ++name) {
        ScheduleConfig& schedule = config.train.learning_rate_schedule;
        schedule.name = static_cast<ScheduleName>(name);
        schedule.iterations = {5, 30};
        schedule.warm_up = 3;
        run();
        ASSERT_EQ(records.iterations.size(), 44U);
        double of_epoch = 0.5;
        for (std::size_t i = 0; i < 44; ++i) {
            if (i > 0 && i % 11 == 0) of_epoch = rate_of_next_epoch(config.train, of_epoch);
            EXPECT_EQ(records.iterations[i].learning_rate,
                      rate_of_iteration(config.train, of_epoch, static_cast<std::int64_t>(i), 44))
                << kScheduleNames[name] << " " << i;
        }
    }
}

/// What a run whose rate is next to nothing from the second iteration on has learned is what the first batch taught.
TEST_F(TrainingTest, AStepIsMadeWithTheRateOfItsRow) {
    config.model.normalization.kind = Normalization::kNone;
    config.train.order = Order::kSequential;
    config.train.epochs = 1;
    config.train.learning_rate_schedule = {ScheduleName::kStep, {1}, 1e-30};
    const TensorMap model = run().model;
    EXPECT_EQ(records.iterations[0].learning_rate, 0.5);
    EXPECT_EQ(records.iterations[1].learning_rate, 0.5 * 1e-30);
    dataset = make_dataset(20);
    const TensorMap of_first_batch = run().model;
    EXPECT_EQ(records.iterations.size(), 1U);
    for (const auto& [name, tensor] : model) EXPECT_EQ(tensor.values, of_first_batch.at(name).values) << name;
    config.train.learning_rate_schedule = {};
    config.train.optimizer.learning_rate = 0.25;
    EXPECT_NE(run().model.at("layers.0.weight").values, model.at("layers.0.weight").values);
}

TEST_F(TrainingTest, ObservesOnlyWhereARowIsDue) {
    config.log.every = 3;
    config.log.print_every = 2;
    run();
    for (const IterationRecord& record : records.iterations) {
        EXPECT_EQ(record.is_logged, record.iteration % 3 == 0) << record.iteration;
        EXPECT_EQ(record.is_printed, record.iteration % 2 == 0) << record.iteration;
        EXPECT_EQ(!record.gradient_norms.empty(), record.is_logged || record.is_printed) << record.iteration;
    }
}

TEST_F(TrainingTest, TheObserverChangesNothing) {
    config.model.dropout = 0.2;
    config.log.every = 0;
    config.log.print_every = 0;
    const TrainResult unwatched = run();
    const Records seen = records;
    for (const IterationRecord& record : seen.iterations) EXPECT_TRUE(record.gradient_norms.empty());
    for (const auto& [every, print_every] : {std::pair{1, 0}, std::pair{0, 1}, std::pair{3, 2}}) {
        for (const Norm norm : {Norm::kSpectral, Norm::kFrobenius}) {
            config.log.every = every;
            config.log.print_every = print_every;
            config.log.norm = norm;
            const TrainResult watched = run();
            for (const auto& [name, tensor] : unwatched.model) {
                EXPECT_EQ(tensor.values, watched.model.at(name).values) << name;
            }
            for (std::size_t i = 0; i < seen.iterations.size(); ++i) {
                EXPECT_EQ(records.iterations[i].loss, seen.iterations[i].loss) << i;
            }
            EXPECT_FALSE(records.iterations[5].gradient_norms.empty());
            EXPECT_EQ(records.epochs.back().test_loss, seen.epochs.back().test_loss);
        }
    }
}

TEST_F(TrainingTest, AnIterationThatIsOnlyTriedChangesNothing) {
    config.model.dropout = 0.2;
    for (const Inference inference : {Inference::kLastEpoch, Inference::kMovingAverage}) {
        config.model.normalization.inference = inference;
        const TrainResult untried = run();
        const Records seen = records;
        const std::unique_ptr<ReadyTraining> training = prepare_training(config, dataset, {}, team);
        training->try_steps();
        records = {};
        const TrainResult tried = training->run(records);
        for (const auto& [name, tensor] : untried.model) EXPECT_EQ(tensor.values, tried.model.at(name).values) << name;
        EXPECT_EQ(seen.iterations.front().gradient_norms, records.iterations.front().gradient_norms);
        EXPECT_EQ(seen.epochs.back().test_loss, records.epochs.back().test_loss);
        EXPECT_EQ(untried.samples, tried.samples);
    }
}

TEST_F(TrainingTest, ThreadsChangeNothing) {
    for (const Precision precision : {Precision::kFloat32, Precision::kFloat64}) {
        config.precision = precision;
        config.model.dropout = 0.2;
        const TrainResult two = run();
        const Records seen = records;
        ThreadTeam three(3, 3);
        Records others;
        const TrainResult same = train(config, dataset, {}, three, others);
        for (const auto& [name, tensor] : two.model) EXPECT_EQ(tensor.values, same.model.at(name).values) << name;
        EXPECT_EQ(seen.iterations.back().gradient_norms, others.iterations.back().gradient_norms);
    }
}

TEST_F(TrainingTest, BiasesBeforeBatchNormalizationStayInert) {
    const TensorMap before = draw_initial_values(config, 6, 2);
    const TrainResult result = run();
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_NEAR(result.model.at("layers.0.bias").values[i], before.at("layers.0.bias").values[i], 1e-12);
    }
}

TEST_F(TrainingTest, FixedGammaAndBetaStayFixed) {
    config.model.normalization.gamma = {false, 2};
    config.model.normalization.beta = {false, 0.25};
    const TrainResult result = run();
    EXPECT_EQ(result.model.at("layers.1.gamma").values, std::vector<double>(8, 2));
    EXPECT_EQ(result.model.at("layers.1.beta").values, std::vector<double>(8, 0.25));
}

/// Of the first hidden layer's activation function, a sigmoid, over the whole training set at the initial values.
Range<double> plain_first_range(const Config& config, const Dataset& dataset) {
    const TensorMap initial = draw_initial_values(config, 6, 2);
    const std::vector<double>& weight = initial.at("layers.0.weight").values;
    const std::vector<double>& bias = initial.at("layers.0.bias").values;
    Range<double> range;
    for (std::size_t i = 0; i < dataset.train.labels.size(); ++i) {
        for (std::size_t unit = 0; unit < bias.size(); ++unit) {
            double z = bias[unit];
            for (std::size_t f = 0; f < 6; ++f) z += weight[unit * 6 + f] * dataset.train.images[i * 6 + f] / 255;
            const double output = 1 / (1 + std::exp(-z));
            range.include({output, output});
        }
    }
    return range;
}

TEST_F(TrainingTest, SigmoidBeforeBatchNormalizationHasItsRange) {
    config.model.normalization.placement = Placement::kPostActivation;
    config.model.dropout = 0.5;
    config.train.batch_size = 205;
    run();
    for (const IterationRecord& record : records.iterations) {
        for (std::size_t l = 0; l < 2; ++l) {
            EXPECT_GT(record.activation_min[l], 0);
            EXPECT_LT(record.activation_max[l], 1);
            EXPECT_LT(record.activation_min[l], record.activation_max[l]);
        }
    }
    const Range<double> expected = plain_first_range(config, dataset);
    EXPECT_NEAR(records.iterations.front().activation_min[0], expected.min, 1e-14);
    EXPECT_NEAR(records.iterations.front().activation_max[0], expected.max, 1e-14);
}

TEST_F(TrainingTest, PopulationStatisticsAreTheTrainingSetsOwn) {
    config.train.batch_size = 205;  // one batch: its mean, and its variance times 205/204
    config.train.order = Order::kSequential;
    config.train.epochs = 1;
    config.train.optimizer.learning_rate = 1e-300;  // leaves the weights as they are
    config.model.normalization.inference = Inference::kPopulation;
    const TrainResult population = run();
    config.model.normalization.inference = Inference::kLastEpoch;
    const TrainResult last_epoch = run();
    for (const char* name : {"layers.0.mean", "layers.1.mean", "layers.0.variance", "layers.1.variance"}) {
        EXPECT_EQ(population.model.at(name).values, last_epoch.model.at(name).values) << name;
    }
}

TEST_F(TrainingTest, StopsWhereItIsAskedTo) {
    stop_after = 13;
    const TrainResult result = run();
    EXPECT_EQ(result.outcome, Outcome::kInterrupted);
    EXPECT_EQ(result.epoch, 2);
    EXPECT_EQ(result.iteration, 2);
    EXPECT_EQ(records.iterations.size(), 13U);
}

TEST_F(TrainingTest, DivergenceIsAResultWithItsIteration) {
    config.model.normalization.kind = Normalization::kNone;
    config.model.activation = Activation::kRelu;
    config.precision = Precision::kFloat32;
    config.train.optimizer.learning_rate = 1e30;
    const TrainResult result = run();
    EXPECT_EQ(result.outcome, Outcome::kDiverged);
    EXPECT_EQ(result.iteration, records.iterations.back().iteration);
    EXPECT_FALSE(std::isfinite(records.iterations.back().loss));
    EXPECT_TRUE(std::isfinite(records.iterations.front().loss));
}

TEST_F(TrainingTest, ParametersBeyondTheRangeAreDivergence) {
    config.model.normalization.kind = Normalization::kNone;
    config.model.activation = Activation::kRelu;
    config.train.batch_size = 205;  // a single step, whose own loss is still finite
    config.train.epochs = 1;
    config.precision = Precision::kFloat32;
    config.train.optimizer.learning_rate = 1e300;
    const TrainResult result = run();
    EXPECT_TRUE(std::isfinite(records.iterations.back().loss));
    EXPECT_FALSE(std::isfinite(records.epochs.back().test_loss));
    EXPECT_EQ(result.outcome, Outcome::kDiverged);
    EXPECT_EQ(result.divergence, "a weight, bias, gamma or beta");
}

/// In training every sample is the same, so that BN gives beta; the test's samples differ from it, and leave float32.
TEST_F(TrainingTest, ATestLossThatIsNotFiniteIsAResult) {
    std::fill(dataset.train.images.begin(), dataset.train.images.end(), std::uint8_t{128});
    config.precision = Precision::kFloat32;
    config.model.hidden = {8};
    config.model.activation = Activation::kRelu;
    config.model.normalization.gamma = {false, 1e33};
    config.model.normalization.beta = {true, 1};
    config.train.optimizer = {OptimizerName::kSgd, 1e-38, 0};
    TensorMap initial = draw_initial_values(config, dataset.features(), dataset.classes);
    for (double& weight : initial["layers.0.weight"].values) weight = 100;
    for (double& weight : initial["layers.1.weight"].values) weight = 1e-6;
    for (const Inference inference : {Inference::kLastEpoch, Inference::kMovingAverage, Inference::kPopulation}) {
        config.model.normalization.inference = inference;
        const TrainResult result = run(initial);
        ASSERT_EQ(records.epochs.size(), 4U);
        for (const EpochRecord& epoch : records.epochs) EXPECT_FALSE(std::isfinite(epoch.test_loss));
        EXPECT_TRUE(std::isfinite(records.epochs.back().train_loss));
        EXPECT_EQ(result.outcome, Outcome::kDone);
        EXPECT_FALSE(result.model.empty());
    }
}

/// Only statistics tell: with an infinite variance BN gives beta, and the loss is finite.
TEST_F(TrainingTest, BatchStatisticsBeyondTheRangeAreDivergence) {
    config.precision = Precision::kFloat32;
    TensorMap initial = draw_initial_values(config, dataset.features(), dataset.classes);
    for (double& weight : initial["layers.0.weight"].values) weight *= 1e21;
    for (const std::int64_t every : {std::int64_t{1}, std::int64_t{0}}) {
        config.log.every = every;
        config.log.print_every = every;
        const TrainResult result = run(initial);
        EXPECT_EQ(result.outcome, Outcome::kDiverged);
        EXPECT_EQ(result.divergence, "a batch mean or variance");
        EXPECT_EQ(result.iteration, 1);
        ASSERT_EQ(records.iterations.size(), 1U);
        EXPECT_TRUE(records.iterations.back().diverged);
        EXPECT_TRUE(records.iterations.back().is_logged);
        EXPECT_FALSE(records.iterations.back().gradient_norms.empty());
    }
}

TEST_F(TrainingTest, ABiasBeforeBatchNormalizationKeepsItsValue) {
    for (std::size_t name = 0; name < kOptimizerNames.size(); ++name) {
        for (const Placement placement : {Placement::kPreActivation, Placement::kPostActivation}) {
            config.train.optimizer.name = static_cast<OptimizerName>(name);
            config.model.normalization.placement = placement;
            config.train.optimizer.learning_rate = 0.01;
            const TensorMap initial = draw_initial_values(config, dataset.features(), dataset.classes);
            const TensorMap model = run(initial).model;
            const bool kept = placement == Placement::kPreActivation;
            for (const char* bias : {"layers.0.bias", "layers.1.bias"}) {
                EXPECT_EQ(model.at(bias).values == initial.at(bias).values, kept) << bias;
            }
            EXPECT_NE(model.at("layers.2.bias").values, initial.at("layers.2.bias").values);
            EXPECT_NE(model.at("layers.0.weight").values, initial.at("layers.0.weight").values);
        }
    }
}

/// Between linear units, a shift reaches the next layer's BN as a shift.
TEST_F(TrainingTest, AShiftThatTheNextLayerTakesAwayKeepsItsValue) {
    config.model.activation = Activation::kLinear;
    config.train.optimizer = {OptimizerName::kRmsprop, 0.01, 0.5};
    const TensorMap initial = draw_initial_values(config, dataset.features(), dataset.classes);
    for (const double dropout : {0.0, 0.3}) {
        for (const Placement placement : {Placement::kPreActivation, Placement::kPostActivation}) {
            config.model.dropout = dropout;
            config.model.normalization.placement = placement;
            const TensorMap model = run(initial).model;
            EXPECT_EQ(model.at("layers.0.bias").values, initial.at("layers.0.bias").values);
            EXPECT_EQ(model.at("layers.0.beta").values == std::vector<double>(8, 0.0), dropout == 0);
            EXPECT_NE(model.at("layers.1.beta").values, std::vector<double>(8, 0.0));
        }
    }
}

TEST_F(TrainingTest, EvaluateTrainMeasuresLikeTheTest) {
    dataset = make_dataset(1203);  // more than are evaluated at a time
    config.train.epochs = 1;
    config.train.optimizer.learning_rate = 0.01;
    config.model.dropout = 0.2;
    run();
    const EpochRecord as_trained = records.epochs.back();
    config.log.evaluate_train = true;
    const TrainResult result = run();
    const EpochRecord evaluated = records.epochs.back();
    EXPECT_EQ(evaluated.test_loss, as_trained.test_loss);
    EXPECT_EQ(evaluated.test_error, as_trained.test_error);
    EXPECT_NE(evaluated.train_loss, as_trained.train_loss);
    Dataset of_train = dataset;
    of_train.test = dataset.train;
    const TestResult test = test_model(config, of_train, result.model, team);
    EXPECT_EQ(evaluated.train_loss, test.loss);
    EXPECT_EQ(evaluated.train_error, test.error);
    EXPECT_NE(evaluated.train_loss, evaluated.test_loss);
}

TEST_F(TrainingTest, ValidationIsMeasuredLikeTheTestAndChangesNothing) {
    const TrainResult alone = run();
    EXPECT_FALSE(records.epochs.back().validation.has_value());
    dataset.validation = make_split(1203, 5);
    config.data.preprocess = Preprocess::kNone;
    const TrainResult result = run();
    for (const auto& [name, tensor] : alone.model) EXPECT_EQ(tensor.values, result.model.at(name).values) << name;
    ASSERT_EQ(records.epochs.size(), 4U);
    Dataset of_validation = dataset;
    of_validation.test = dataset.validation;
    const TestResult test = test_model(config, of_validation, result.model, team);
    const Validation found = records.epochs.back().validation.value();
    EXPECT_EQ(found.loss, test.loss);
    EXPECT_EQ(found.error, test.error);
    EXPECT_EQ(found.wrong, test.wrong);
    EXPECT_EQ(found.samples, 1203);
    EXPECT_NE(records.epochs.front().validation.value().loss, found.loss);
}

TEST_F(TrainingTest, DistortsWhatIsTrainedAndNothingElse) {
    dataset.shape = {1, 2, 3};
    dataset.test = dataset.train;
    config.log.evaluate_train = true;
    const TrainResult plain = run();
    const double first_loss = records.iterations.front().loss;
    config.data.distort.shift = 0.7;
    for (const Inference inference : {Inference::kLastEpoch, Inference::kPopulation}) {
        config.model.normalization.inference = inference;
        const TrainResult distorted = run();
        EXPECT_NE(records.iterations.front().loss, first_loss);
        EXPECT_NE(distorted.model.at("layers.0.weight").values, plain.model.at("layers.0.weight").values);
        EXPECT_EQ(records.epochs.back().train_loss, records.epochs.back().test_loss);
        EXPECT_EQ(test_model(config, dataset, distorted.model, team).loss, records.epochs.back().test_loss);
    }
}

TEST_F(TrainingTest, ANewDistortionIsDrawnForEachEpochWhateverTheOrder) {
    dataset.shape = {1, 2, 3};
    config.train.batch_size = 205;
    config.train.optimizer.learning_rate = 1e-300;  // leaves the weights as they are
    config.model.normalization.kind = Normalization::kNone;
    config.data.distort.shift = 0.7;
    run();
    std::vector<double> shuffled;
    for (const IterationRecord& record : records.iterations) shuffled.push_back(record.loss);
    EXPECT_GT(std::abs(shuffled[0] - shuffled[1]), 1e-6);
    config.train.order = Order::kSequential;
    run();
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(records.iterations[i].loss, shuffled[i], 1e-13);
    config.data.distort.shift = 0;
    run();
    EXPECT_EQ(records.iterations[0].loss, records.iterations[1].loss);
}

/// As without distortion: PopulationStatisticsAreTheTrainingSetsOwn.
TEST_F(TrainingTest, PopulationStatisticsAreOfImagesThatAreNotDistorted) {
    dataset.shape = {1, 2, 3};
    config.train.epochs = 1;
    config.train.optimizer.learning_rate = 1e-300;
    config.model.normalization.inference = Inference::kPopulation;
    const TrainResult plain = run();
    config.data.distort.shift = 0.7;
    const TrainResult distorted = run();
    EXPECT_EQ(plain.model.at("layers.0.mean").values, distorted.model.at("layers.0.mean").values);
}

TEST_F(TrainingTest, InitialValuesByTheDataAreOfImagesThatAreNotDistorted) {
    dataset.shape = {1, 2, 3};
    config.train.epochs = 1;
    config.train.optimizer.learning_rate = 1e-300;
    config.model.init.scheme = InitScheme::kLsuv;
    const TrainResult plain = run();
    config.data.distort.shift = 0.7;
    EXPECT_EQ(run().model.at("layers.0.weight").values, plain.model.at("layers.0.weight").values);
    config.model.init.scheme = InitScheme::kOrthogonal;
    EXPECT_NE(run().model.at("layers.0.weight").values, plain.model.at("layers.0.weight").values);
}

TEST_F(TrainingTest, TrainLossAndErrorAreMeansOverTheEpochsSamplesAsTheyWereTrained) {
    run();
    for (std::size_t epoch = 0; epoch < 4; ++epoch) {
        double sum = 0;
        for (std::size_t i = 0; i < 11; ++i) sum += records.iterations[epoch * 11 + i].loss * (i < 10 ? 20 : 5);
        EXPECT_NEAR(records.epochs[epoch].train_loss, sum / 205, 1e-13) << epoch;
        const double wrong = records.epochs[epoch].train_error * 205;
        EXPECT_NEAR(wrong, std::round(wrong), 1e-9) << epoch;
    }
    config.train.batch_size = 205;  // of the one batch, before its step
    config.train.epochs = 1;
    config.model.normalization.kind = Normalization::kNone;
    config.train.optimizer.learning_rate = 1e-300;
    run();
    const EpochRecord as_trained = records.epochs.back();
    config.log.evaluate_train = true;
    run();
    EXPECT_EQ(as_trained.train_error, records.epochs.back().train_error);
    EXPECT_NEAR(as_trained.train_loss, records.epochs.back().train_loss, 1e-14);
}

TEST_F(TrainingTest, TestingTheModelAgainGivesTheSameError) {
    for (const Precision precision : {Precision::kFloat32, Precision::kFloat64}) {
        config.precision = precision;
        const TrainResult result = run();
        const TestResult test = test_model(config, dataset, result.model, team);
        EXPECT_EQ(test.wrong, records.epochs.back().test_wrong);
        EXPECT_EQ(test.loss, records.epochs.back().test_loss);
    }
}

TEST_F(TrainingTest, RefusesDataTooSmallForTheConfig) {
    dataset = make_dataset(1);
    expect_error<ConfigError>([&] { run(); }, {"data.train_samples", "at least 2"});
    dataset = make_dataset(15);
    config.fidelity = Fidelity::kPublished;
    expect_error<ConfigError>([&] { run(); }, {"train.batch_size", "one batch"});
}

}  // namespace
}  // namespace bnrun
