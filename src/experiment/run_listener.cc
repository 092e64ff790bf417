#include "experiment/run_listener.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/table.h"

namespace bnrun {
namespace {

constexpr std::int64_t kMostEpochLines = 200;

bool is_due(std::int64_t number, std::int64_t every) { return every > 0 && number % every == 0; }

}  // namespace

bool is_logged(const IterationRecord& record, const LogConfig& log) {
    if (record.gradient_norms.empty()) return false;
    return is_due(record.iteration, log.every) || record.diverged;
}

RunListener::RunListener(const Config& config, std::int64_t samples, RunTables& tables, CheckpointSaver& checkpoints,
                         Reporter& reporter, std::function<bool()> stop_requested)
    : config_(config),
      samples_(samples),
      tables_(tables),
      checkpoints_(checkpoints),
      reporter_(reporter),
      stop_requested_(std::move(stop_requested)) {}

void RunListener::on_iteration(const IterationRecord& record) {
    last_iteration_ = record;
    if (is_logged(record, config_.log)) tables_.append(record);
    if (!record.gradient_norms.empty() && is_due(record.iteration, config_.log.print_every)) {
        reporter_.table(gradients_text(record));
    }
    report_progress(record);
}

void RunListener::on_epoch(const EpochRecord& record) {
    last_epoch_ = record;
    tables_.append(record);
    warn_of_test_loss(record);
    const std::int64_t epochs = config_.train.epochs;
    const std::int64_t every = (epochs + kMostEpochLines - 1) / kMostEpochLines;
    if (!is_due(record.epoch, every) && record.epoch != epochs && record.epoch != 1) return;
    reporter_.log(
        LogLevel::kInfo,
        fmt::format("epoch {}/{}: train loss {:.4g}, train error {:.4g}, test loss {:.4g}, test error {:.4g}",
                    record.epoch, epochs, record.train_loss, record.train_error, record.test_loss, record.test_error));
}

/// Of the first such epoch and of the last one: a log stays short.
void RunListener::warn_of_test_loss(const EpochRecord& record) {
    if (std::isfinite(record.test_loss) || (warned_of_test_loss_ && record.epoch != config_.train.epochs)) return;
    warned_of_test_loss_ = true;
    const BatchNormConfig& norm = config_.model.batch_norm;
    const bool avoidable = norm.enabled && norm.inference != Inference::kPopulation;
    const std::string statistics = norm.enabled
                                       ? fmt::format(" with the {} statistics of batch normalization",
                                                     kInferenceNames.at(static_cast<std::size_t>(norm.inference)))
                                       : "";
    reporter_.log(
        LogLevel::kWarning,
        fmt::format("epoch {}: the test loss is not finite{}; the run goes on; {} avoids it", record.epoch, statistics,
                    avoidable ? "model.batch_norm.inference=population" : "a lower train.optimizer.learning_rate"));
}

void RunListener::go_on_from(const TrainingProgress& progress) {
    if (progress.last.epoch > 0) last_epoch_ = progress.last;
    done_before_ = static_cast<double>((progress.epoch - 1) * samples_ + progress.seen);
}

bool RunListener::takes_checkpoint() { return checkpoints_.is_free(); }

void RunListener::on_checkpoint(Checkpoint&& checkpoint) { checkpoints_.save(std::move(checkpoint)); }

bool RunListener::stop_requested() { return stop_requested_ && stop_requested_(); }

double RunListener::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

std::int64_t RunListener::trained() const {
    if (last_iteration_.iteration == 0) return 0;
    const std::int64_t in_epoch = std::min(last_iteration_.iteration * config_.train.batch_size, samples_);
    return (last_iteration_.epoch - 1) * samples_ + in_epoch;
}

void RunListener::report_progress(const IterationRecord& record) {
    const auto done = static_cast<double>(trained());
    const double all = static_cast<double>(samples_) * static_cast<double>(config_.train.epochs);
    const double speed = (done - done_before_) / std::max(seconds(), 1e-9);
    reporter_.progress({.epoch = record.epoch,
                        .epochs = config_.train.epochs,
                        .iteration = record.iteration,
                        .iterations = record.iterations,
                        .loss = record.loss,
                        .fraction = done / all,
                        .samples_per_second = speed,
                        .seconds_left = (all - done) / speed});
}

}  // namespace bnrun
