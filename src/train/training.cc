#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "data/batches.h"
#include "data/preprocess.h"
#include "nn/init.h"
#include "nn/network.h"
#include "nn/optimizer.h"
#include "train/evaluate.h"
#include "train/probe.h"
#include "train/trainer.h"

namespace bnrun {

namespace {

Index smallest_batch(const Config& config) { return config.model.batch_norm.enabled ? 2 : 1; }

Index batches_of(const Config& config, const Dataset& dataset) {
    return batch_count(dataset.train.samples(), config.train.batch_size, smallest_batch(config));
}

bool is_due(std::int64_t iteration, std::int64_t every) { return every > 0 && iteration % every == 0; }

template <class T>
class Training {
  public:
    Training(const Config& config, const Dataset& dataset, const TensorMap& initial, ThreadTeam& team,
             TrainingListener& listener)
        : config_(config),
          dataset_(dataset),
          team_(team),
          listener_(listener),
          network_(dataset.features, dataset.classes, config, team),
          transform_(fit_transform(dataset.train, dataset.features, config.data.preprocess, team)),
          train_inputs_(dataset.train, dataset.features, transform_, team),
          test_inputs_(dataset.test, dataset.features, transform_, team),
          optimizer_(config.train, network_.parameters()),
          learning_rate_(config.train.optimizer.learning_rate),
          batches_(batches_of(config, dataset)) {
        network_.load(initial.empty() ? draw_initial_values(config, dataset.features, dataset.classes) : initial);
    }

    TrainResult run() {
        for (std::int64_t epoch = 1; epoch <= config_.train.epochs; ++epoch) {
            result_.epoch = epoch;
            if (!train_epoch(epoch)) return result_;
            if (!finish_epoch(epoch)) result_.outcome = Outcome::kDiverged;
            if (result_.outcome != Outcome::kDone) return result_;
        }
        result_.model = network_.tensors();
        return result_;
    }

  private:
    /// False where training diverged or was interrupted.
    bool train_epoch(std::int64_t epoch) {
        const auto order =
            epoch_order(dataset_.train.samples(), config_.train.order, static_cast<std::uint64_t>(config_.seed), epoch);
        for (HiddenLayer<T>& layer : network_.hidden()) {
            if (layer.batch_norm) layer.batch_norm->restart_sums();
        }
        loss_sum_ = 0;
        wrong_ = 0;
        seen_ = 0;
        for (std::int64_t iteration = 1; iteration <= batches_; ++iteration) {
            result_.iteration = iteration;
            const Index first = (iteration - 1) * config_.train.batch_size;
            const Index count = std::min<Index>(config_.train.batch_size, dataset_.train.samples() - first);
            take_batch(order.data() + first, count);
            if (!train_batch(epoch, iteration)) return false;
        }
        return true;
    }

    void take_batch(const std::uint32_t* samples, Index count) {
        train_inputs_.gather(samples, count, team_, x_);
        labels_.resize(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < labels_.size(); ++i) labels_[i] = dataset_.train.labels[samples[i]];
    }

    bool train_batch(std::int64_t epoch, std::int64_t iteration) {
        const DropoutPlace place{static_cast<std::uint64_t>(config_.seed), step_++, 0};
        const BatchLoss<T> loss = network_.forward(x_.columns, labels_.data(), Mode::kTrain, place);
        for (HiddenLayer<T>& layer : network_.hidden()) {
            if (layer.batch_norm) layer.batch_norm->observe();
        }
        network_.backward(x_.rows);
        const bool finite = std::isfinite(loss.loss);
        IterationRecord record{epoch, iteration, batches_, static_cast<double>(loss.loss), learning_rate_, {}, {}, {}};
        if (is_due(iteration, config_.log.every) || is_due(iteration, config_.log.print_every) || !finite) {
            observe(network_, config_.log.norm, team_, record);
        }
        if (finite) optimizer_.step(learning_rate_, team_);
        loss_sum_ += static_cast<double>(loss.loss) * static_cast<double>(labels_.size());
        wrong_ += loss.wrong;
        seen_ += static_cast<std::int64_t>(labels_.size());
        result_.samples += static_cast<std::int64_t>(labels_.size());
        listener_.on_iteration(record);
        if (!finite) result_.outcome = Outcome::kDiverged;
        if (finite && listener_.stop_requested()) result_.outcome = Outcome::kInterrupted;
        return result_.outcome == Outcome::kDone;
    }

    /// False where the test's loss is not finite: the last steps made the network useless.
    bool finish_epoch(std::int64_t epoch) {
        take_statistics();
        EpochRecord record;
        record.epoch = epoch;
        record.train_loss = loss_sum_ / static_cast<double>(seen_);
        record.train_error = static_cast<double>(wrong_) / static_cast<double>(seen_);
        if (config_.log.evaluate_train) {
            const TestResult train = evaluate(network_, dataset_.train, train_inputs_, team_);
            record.train_loss = train.loss;
            record.train_error = train.error;
        }
        const TestResult test = evaluate(network_, dataset_.test, test_inputs_, team_);
        record.test_loss = test.loss;
        record.test_error = test.error;
        record.test_wrong = test.wrong;
        record.test_samples = test.samples;
        // The floor ends the decay; it does not raise a rate that began below it.
        const double floor = std::min(learning_rate_, config_.train.min_learning_rate);
        learning_rate_ = std::max(learning_rate_ * config_.train.learning_rate_decay, floor);
        listener_.on_epoch(record);
        return std::isfinite(record.test_loss);
    }

    void take_statistics() {
        if (!config_.model.batch_norm.enabled) return;
        switch (config_.model.batch_norm.inference) {
            case Inference::kLastEpoch:
                for (HiddenLayer<T>& layer : network_.hidden()) layer.batch_norm->take_averages();
                break;
            case Inference::kPopulation:
                take_population_statistics(config_, network_, dataset_.train, train_inputs_, team_);
                break;
            case Inference::kMovingAverage: break;
        }
    }

    const Config& config_;
    const Dataset& dataset_;
    ThreadTeam& team_;
    TrainingListener& listener_;
    Network<T> network_;
    Transform transform_;
    Inputs<T> train_inputs_;
    Inputs<T> test_inputs_;
    Optimizer<T> optimizer_;
    double learning_rate_;
    std::int64_t batches_;
    std::uint64_t step_ = 0;
    InputBatch<T> x_;
    std::vector<std::uint8_t> labels_;
    double loss_sum_ = 0;
    std::int64_t wrong_ = 0;
    std::int64_t seen_ = 0;
    TrainResult result_;
};

template <class T>
TestResult test(const Config& config, const Dataset& dataset, const TensorMap& model, ThreadTeam& team) {
    Network<T> network(dataset.features, dataset.classes, config, team);
    network.load(model);
    const Transform transform = fit_transform(dataset.train, dataset.features, config.data.preprocess, team);
    return evaluate(network, dataset.test, Inputs<T>(dataset.test, dataset.features, transform, team), team);
}

}  // namespace

void check_fit(const Config& config, const Dataset& dataset, const TensorMap& initial) {
    const Index batches = batches_of(config, dataset);
    if (batches == 0) {
        throw ConfigError(
            "data.train_samples: a single training sample, but batch normalization needs batches of at least 2; "
            "use more samples or model.batch_norm=false");
    }
    const bool averages =
        config.model.batch_norm.enabled && config.model.batch_norm.inference != Inference::kMovingAverage;
    if (averages && config.fidelity == Fidelity::kPublished && batches < 2) {
        throw ConfigError(fmt::format(
            "train.batch_size: {} makes one batch of {} samples, but published fidelity divides by (batches - 1); "
            "use a smaller batch or fidelity=exact",
            config.train.batch_size, dataset.train.samples()));
    }
    if (initial.empty()) return;
    check_tensors(config, dataset.features, dataset.classes, initial, false, config.model.init.from.value_or("init"));
}

TrainResult train(const Config& config, const Dataset& dataset, const TensorMap& initial, ThreadTeam& team,
                  TrainingListener& listener) {
    check_fit(config, dataset, initial);
    if (config.precision == Precision::kFloat32) return Training<float>(config, dataset, initial, team, listener).run();
    return Training<double>(config, dataset, initial, team, listener).run();
}

TestResult test_model(const Config& config, const Dataset& dataset, const TensorMap& model, ThreadTeam& team) {
    check_tensors(config, dataset.features, dataset.classes, model, true, "model.safetensors");
    return config.precision == Precision::kFloat32 ? test<float>(config, dataset, model, team)
                                                   : test<double>(config, dataset, model, team);
}

}  // namespace bnrun
