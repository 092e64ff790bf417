#include "experiment/run_listener.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "files/table.h"

namespace bnrun {
namespace {

constexpr std::int64_t kMostEpochLines = 200;

std::string validation_text(const std::optional<Validation>& validation) {
    if (!validation) return "";
    return fmt::format("validation loss {:.4g}, validation error {:.4g}, ", validation->loss, validation->error);
}

}  // namespace

RunListener::RunListener(std::int64_t samples, const RunOutputs& outputs, Reporter& reporter,
                         std::function<bool()> stop_requested)
    : config_(outputs.config.values),
      samples_(samples),
      outputs_(outputs),
      reporter_(reporter),
      stop_requested_(std::move(stop_requested)) {}

void RunListener::on_iteration(const IterationRecord& record) {
    last_iteration_ = record;
    if (record.is_logged) outputs_.tables.append(record);
    if (record.is_printed) reporter_.table(gradients_text(record));
    Summary& summary = outputs_.summary.known();
    summary.epoch = record.epoch;
    summary.iteration = record.iteration;
    note_speed();
    report_progress(record);
    outputs_.summary.refresh();
}

void RunListener::on_epoch(const EpochRecord& record) {
    outputs_.tables.append(record);
    outputs_.summary.known().last_epoch = record;
    note_speed();
    outputs_.summary.refresh();
    warn_of_test_loss(record);
    const std::int64_t epochs = config_.train.epochs;
    const std::int64_t every = (epochs + kMostEpochLines - 1) / kMostEpochLines;
    if (record.epoch % every != 0 && record.epoch != epochs && record.epoch != 1) return;
    reporter_.log(
        LogLevel::kInfo,
        fmt::format("epoch {}/{}: train loss {:.4g}, train error {:.4g}, {}test loss {:.4g}, test error {:.4g}",
                    record.epoch, epochs, record.train_loss, record.train_error, validation_text(record.validation),
                    record.test_loss, record.test_error));
}

/// Of the first such epoch and of the last one: a log stays short.
void RunListener::warn_of_test_loss(const EpochRecord& record) {
    if (std::isfinite(record.test_loss) || (warned_of_test_loss_ && record.epoch != config_.train.epochs)) return;
    warned_of_test_loss_ = true;
    const std::vector<NormalizationConfig> norms = config_.batch_norms();
    const NormalizationConfig norm = norms.empty() ? NormalizationConfig{} : norms.front();
    const bool avoidable = !norms.empty() && norm.inference != Inference::kPopulation;
    const std::string statistics = !norms.empty()
                                       ? fmt::format(" with the {} statistics of batch normalization",
                                                     kInferenceNames.at(static_cast<std::size_t>(norm.inference)))
                                       : "";
    reporter_.log(
        LogLevel::kWarning,
        fmt::format("epoch {}: the test loss is not finite{}; the run goes on; {} avoids it", record.epoch, statistics,
                    avoidable ? "model.batch_norm.inference=population" : "a lower train.optimizer.learning_rate"));
}

void RunListener::go_on_from(const TrainingProgress& progress) {
    done_before_ = static_cast<double>((progress.epoch - 1) * samples_ + progress.seen);
}

bool RunListener::takes_checkpoint() { return outputs_.checkpoints.is_free(); }

void RunListener::on_snapshot(IterationPlace at, TensorMap&& model) {
    outputs_.claim.write_snapshot(at, model_bytes(outputs_.config, model));
}

void RunListener::on_checkpoint(Checkpoint&& checkpoint) { outputs_.checkpoints.save(std::move(checkpoint)); }

bool RunListener::stop_requested() { return stop_requested_ && stop_requested_(); }

double RunListener::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

double RunListener::trained() const {
    if (last_iteration_.iteration == 0) return done_before_;
    const std::int64_t in_epoch = std::min(last_iteration_.iteration * config_.train.batch_size, samples_);
    return static_cast<double>((last_iteration_.epoch - 1) * samples_ + in_epoch);
}

void RunListener::note_speed() {
    Summary& summary = outputs_.summary.known();
    summary.seconds = seconds();
    summary.samples_per_second = (trained() - done_before_) / std::max(summary.seconds, 1e-9);
}

void RunListener::report_progress(const IterationRecord& record) {
    const double done = trained();
    const double all = static_cast<double>(samples_) * static_cast<double>(config_.train.epochs);
    const double speed = outputs_.summary.known().samples_per_second;
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
