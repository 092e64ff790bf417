#include "train/trainer.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include "data/batches.h"
#include "data/distort.h"
#include "data/preprocess.h"
#include "nn/init.h"
#include "nn/net_plan.h"
#include "nn/network.h"
#include "nn/optimizer.h"
#include "train/check_fit.h"
#include "train/checkpoint.h"
#include "train/evaluate.h"
#include "train/lsuv.h"
#include "train/observer.h"
#include "train/probe.h"
#include "train/schedule.h"

namespace bnrun {

namespace {

bool is_due(std::int64_t iteration, std::int64_t every) { return every > 0 && iteration % every == 0; }

template <class T>
class Training : public ReadyTraining {
  public:
    Training(const Config& config, const Dataset& dataset, const TensorMap& initial, ThreadTeam& team,
             const Checkpoint* checkpoint)
        : config_(config),
          dataset_(dataset),
          team_(team),
          network_(dataset.shape, dataset.classes, config, team),
          transform_(fit_transform(dataset.train, dataset.features(), config.data.preprocess, team)),
          train_inputs_(dataset.train, dataset.features(), transform_, team),
          test_inputs_(dataset.test, dataset.features(), transform_, team),
          validation_inputs_(dataset.validation, dataset.features(), transform_, team),
          distortion_(config.data.distort, dataset.shape, static_cast<std::uint64_t>(config.seed)),
          optimizer_(config.train, network_.parameters()),
          batches_(batch_count(config, dataset.train.samples())),
          rows_{config.log.every, config.log.at},
          snapshots_{0, config.log.snapshots} {
        at_.learning_rate = config.train.optimizer.learning_rate;
        if (checkpoint != nullptr) {
            observer_.emplace(config, dataset.shape, dataset.classes, network_, team);
            StateExchange exchange = StateExchange::restoring(checkpoint->state);
            exchange_state(exchange);
        } else {
            network_.load(initial.empty() ? draw_initial_values(config, dataset.shape, dataset.classes)
                                          : with_magnitudes(config, dataset.shape, dataset.classes, initial));
            if (initial.empty()) scale_by_data();
            observer_.emplace(config, dataset.shape, dataset.classes, network_, team);
        }
    }

    Checkpoint try_steps() override {
        const auto order = order_of_epoch();
        take_batch(order.data(), std::min<Index>(config_.train.batch_size, dataset_.train.samples()));
        network_.forward(x_, labels_.data(), batch_of_step(0));
        network_.backward();
        IterationRecord unused;
        observe_gradients(network_, config_.log.norm, team_, unused);
        try_evaluation(network_, dataset_.test, test_inputs_, team_);
        return checkpoint();
    }

    TrainResult run(TrainingListener& listener) override {
        listener_ = &listener;
        while (at_.epoch <= config_.train.epochs) {
            result_.epoch = at_.epoch;
            result_.iteration = at_.iteration;
            if (!train_epoch()) return result_;
            finish_epoch();
            if (result_.outcome != Outcome::kDone) return result_;
            begin_next_epoch();
        }
        result_.model = network_.save();
        return result_;
    }

  private:
    /// From the iteration reached. False where training diverged or was interrupted.
    bool train_epoch() {
        const auto order = order_of_epoch();
        if (at_.iteration == 0) restart_sums();
        while (at_.iteration < batches_) {
            const Index first = at_.iteration * config_.train.batch_size;
            const Index count = std::min<Index>(config_.train.batch_size, dataset_.train.samples() - first);
            take_batch(order.data() + first, count);
            result_.iteration = ++at_.iteration;
            if (!train_batch()) return false;
        }
        return true;
    }

    /// Of layers whose scheme is lsuv, by the first batch as it is without distortion.
    void scale_by_data() {
        const auto plan = plan_net(config_, dataset_.shape, dataset_.classes);
        if (!has_lsuv(plan)) return;
        const auto order = order_of_epoch();
        const Index count = std::min<Index>(config_.train.batch_size, dataset_.train.samples());
        train_inputs_.gather(order.data(), count, team_, x_);
        scale_to_unit_variance(plan, x_, network_);
    }

    [[nodiscard]] std::vector<std::uint32_t> order_of_epoch() const {
        return epoch_order(dataset_.train.samples(), config_.train.order, static_cast<std::uint64_t>(config_.seed),
                           at_.epoch);
    }

    void restart_sums() {
        network_.begin_epoch();
        at_.loss_sum = 0;
        at_.wrong = 0;
        at_.seen = 0;
    }

    void begin_next_epoch() {
        const bool due = config_.train.checkpoint_every.unit == Interval::Unit::kEpochs && is_checkpoint_due(at_.epoch);
        ++at_.epoch;
        at_.iteration = 0;
        if (due && at_.epoch <= config_.train.epochs) offer_checkpoint();  // after the last, the model is saved
    }

    bool is_checkpoint_due(std::int64_t number) const { return is_due(number, config_.train.checkpoint_every.count); }

    void offer_checkpoint() {
        if (listener_->takes_checkpoint()) hand_over_checkpoint();
    }

    void hand_over_checkpoint() { listener_->on_checkpoint(checkpoint()); }

    Checkpoint checkpoint() {
        Checkpoint now;
        StateExchange exchange = StateExchange::saving(now.state);
        exchange_state(exchange);
        return now;
    }

    void exchange_state(StateExchange& exchange) {
        exchange_progress(exchange, at_);
        network_.exchange_state(exchange);
        optimizer_.exchange_state(exchange);
        observer_->exchange_state(exchange);
    }

    void take_batch(const std::uint32_t* samples, Index count) {
        if (distortion_.is_on()) {
            train_inputs_.gather_distorted(samples, count, distortion_, at_.epoch, team_, x_);
        } else {
            train_inputs_.gather(samples, count, team_, x_);
        }
        labels_.resize(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < labels_.size(); ++i) labels_[i] = dataset_.train.labels[samples[i]];
    }

    bool train_batch() {
        const double rate =
            rate_of_iteration(config_.train, at_.learning_rate, at_.step, config_.train.epochs * batches_);
        IterationRecord record{at_.epoch, at_.iteration, batches_, 0, rate, {}, {}, {}};
        record.is_logged = has_row({at_.epoch, at_.iteration});
        record.is_printed = is_due(at_.iteration, config_.log.print_every);
        observer_->begin(record.is_logged, has_row(following()));
        const Batch batch = batch_of_step(at_.step++);
        const BatchLoss<T> loss = network_.forward(x_, labels_.data(), batch);
        if (!std::isfinite(loss.loss)) note_divergence("the loss");
        if (!network_.end_batch()) note_divergence("a batch mean or variance");
        record.loss = loss.loss;
        record.diverged = result_.outcome == Outcome::kDiverged;
        if (!record.diverged) observer_->before_step();
        backward(record.diverged, rate);
        if (!record.diverged) observer_->after_step({x_, labels_.data(), batch, rate}, record);
        record.is_logged = record.is_logged || record.diverged;
        if (record.is_printed || (record.is_logged && config_.log.observes(Quantity::kGradient))) {
            observe_gradients(network_, config_.log.norm, team_, record);
        }
        if (record.is_logged) observe_activations(network_, record);
        note_batch(loss);
        if (!record.diverged && snapshots_.contains({at_.epoch, at_.iteration}, length())) {
            listener_->on_snapshot({at_.epoch, at_.iteration}, network_.save());
        }
        listener_->on_iteration(record);
        return !record.diverged && !stop_if_asked();
    }

    void note_batch(const BatchLoss<T>& loss) {
        const auto samples = static_cast<std::int64_t>(labels_.size());
        at_.loss_sum += loss.loss * static_cast<double>(samples);
        at_.wrong += loss.wrong;
        at_.seen += samples;
        result_.samples += samples;
    }

    [[nodiscard]] RunLength length() const { return {config_.train.epochs, batches_}; }

    [[nodiscard]] bool has_row(IterationPlace at) const { return rows_.contains(at, length()); }

    [[nodiscard]] IterationPlace following() const {
        if (at_.iteration < batches_) return {at_.epoch, at_.iteration + 1};
        return {at_.epoch + 1, 1};
    }

    [[nodiscard]] Batch batch_of_step(std::int64_t step) const {
        return {Mode::kTrain, static_cast<std::uint64_t>(config_.seed), static_cast<std::uint64_t>(step)};
    }

    /// Back-propagation and, where training goes on, the step: rows of a gradient are used as soon as they are
    /// complete.
    void backward(bool diverged, double rate) {
        if (diverged) return network_.backward();
        optimizer_.begin_step(rate);
        network_.backward([this](std::size_t parameter, IndexRange rows) { optimizer_.update(parameter, rows); });
    }

    /// The first of an iteration's reasons is told.
    void note_divergence(const char* what) {
        if (result_.outcome != Outcome::kDiverged) result_.divergence = what;
        result_.outcome = Outcome::kDiverged;
    }

    /// The last step may have left T's range with a loss that was finite before it.
    bool parameters_are_finite() {
        const auto parameters = network_.parameters();
        return std::all_of(parameters.begin(), parameters.end(),
                           [](const NamedTensor<T>& parameter) { return parameter.value->allFinite(); });
    }

    bool stop_if_asked() {
        const Interval& every = config_.train.checkpoint_every;
        if (listener_->stop_requested()) {
            if (every.count > 0) hand_over_checkpoint();
            result_.outcome = Outcome::kInterrupted;
            return true;
        }
        if (every.unit == Interval::Unit::kIterations && is_checkpoint_due(at_.step)) offer_checkpoint();
        return false;
    }

    /// A test loss that is not finite is a result like any other: only training diverges.
    void finish_epoch() {
        if (!parameters_are_finite()) note_divergence("a weight, bias, gamma or beta");
        take_statistics();
        EpochRecord record;
        record.epoch = at_.epoch;
        record.train_loss = at_.loss_sum / static_cast<double>(at_.seen);
        record.train_error = static_cast<double>(at_.wrong) / static_cast<double>(at_.seen);
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
        if (dataset_.validation.samples() > 0) {
            const TestResult found = evaluate(network_, dataset_.validation, validation_inputs_, team_);
            record.validation = {found.loss, found.error, found.wrong, found.samples};
        }
        at_.learning_rate = rate_of_next_epoch(config_.train, at_.learning_rate);
        at_.last = record;
        listener_->on_epoch(record);
    }

    void take_statistics() {
        network_.end_epoch();
        const std::vector<NormalizationConfig> norms = config_.batch_norms();
        const bool wants_population = std::any_of(norms.begin(), norms.end(), [](const NormalizationConfig& norm) {
            return norm.inference == Inference::kPopulation;
        });
        if (!wants_population) return;
        if (!take_population_statistics(config_, network_, dataset_.train, train_inputs_, team_)) {
            note_divergence("a batch mean or variance");
        }
    }

    const Config& config_;
    const Dataset& dataset_;
    ThreadTeam& team_;
    TrainingListener* listener_ = nullptr;  // from `run` on
    Network<T> network_;
    Transform transform_;
    Inputs<T> train_inputs_;
    Inputs<T> test_inputs_;
    Inputs<T> validation_inputs_;
    Distortion distortion_;  ///< of the batches that are trained, and of nothing else
    Optimizer<T> optimizer_;
    std::optional<Observer<T>> observer_;  ///< from when the network has its initial values
    std::int64_t batches_;
    IterationSet rows_;
    IterationSet snapshots_;
    TrainingProgress at_;
    Panels<T> x_;  ///< (features, samples of the batch)
    std::vector<std::uint8_t> labels_;
    TrainResult result_;
};

}  // namespace

std::unique_ptr<ReadyTraining> prepare_training(const Config& config, const Dataset& dataset, const TensorMap& initial,
                                                ThreadTeam& team, const Checkpoint* checkpoint) {
    check_fit(config, dataset, initial);
    if (config.precision == Precision::kFloat32) {
        return std::make_unique<Training<float>>(config, dataset, initial, team, checkpoint);
    }
    return std::make_unique<Training<double>>(config, dataset, initial, team, checkpoint);
}

TrainResult train(const Config& config, const Dataset& dataset, const TensorMap& initial, ThreadTeam& team,
                  TrainingListener& listener, const Checkpoint* checkpoint) {
    return prepare_training(config, dataset, initial, team, checkpoint)->run(listener);
}

}  // namespace bnrun
