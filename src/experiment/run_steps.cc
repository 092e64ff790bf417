#include "experiment/run_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/inputs.h"
#include "experiment/run_start.h"
#include "files/checkpoint.h"
#include "files/free_space.h"
#include "files/run_files.h"
#include "files/table.h"
#include "nn/net_plan.h"
#include "nn/tensor_list.h"

namespace bnrun {
namespace {

[[noreturn]] void throw_diverged(const TrainResult& result, const std::string& directory) {
    throw Error(ExitCode::kDiverged,
                fmt::format("training diverged: {} is not finite at epoch {}, iteration {}; everything up to there "
                            "is in {}; lower train.optimizer.learning_rate{}",
                            result.divergence, result.epoch, result.iteration, directory,
                            result.epoch == 1 && result.iteration == 1 ? " or the initial values" : ""));
}

/// In bytes, of the model or a checkpoint alone: all files together need as much again, or more.
double size_of_weights(const Config& config, const Dataset& dataset) {
    if (!config.train.save_model && config.train.checkpoint_every.count == 0) return 0;
    double weights = 0;
    for (const LayerPlan& layer : plan_net(config, dataset.shape, dataset.classes)) {
        weights += static_cast<double>(parameters_of(layer));
    }
    return weights * (config.precision == Precision::kFloat32 ? 4 : 8);
}

}  // namespace

Run::Run(const RunConfig& config, std::string directory, int threads, Reporter& reporter)
    : written_(config),
      config_(config.values),
      directory_(std::move(directory)),
      reporter_(reporter),
      summary_(first_summary(config, threads)) {}

void Run::prepare(const Dataset& dataset, const ResumePoint* point) {
    dataset_ = &dataset;
    point_ = point;
    const TensorMap initial = point != nullptr ? TensorMap() : read_initial_values(config_);
    Summary& known = summary_.known();
    team_.emplace(known.threads);
    log_start(config_, dataset, team_->size(), directory_, reporter_);
    known.directory = dataset.directory;
    known.sha256 = dataset.sha256;
    training_ = prepare_training(config_, dataset, initial, *team_, point != nullptr ? &point->checkpoint : nullptr);
    if (point != nullptr || !is_run_there()) return;
    try_steps();
    check_space(directory_, size_of_weights(config_, dataset));
}

void Run::try_steps() {
    Checkpoint checkpoint = training_->try_steps();
    if (config_.train.checkpoint_every.count == 0) return;
    (void)checkpoint_bytes({written_.sha256, written_.sha256, {}, std::move(checkpoint.state)});
}

bool Run::is_run_there() const {
    return path_exists(path_in(directory_, kSummaryFile)) || path_exists(path_in(directory_, kConfigFile)) ||
           has_checkpoint(directory_);
}

void Run::begin(const RunClaim& claim) {
    claim_ = &claim;
    claim.check();
    replaces_ = is_run_there();
    summary_.write_into(claim);
    summary_.go_on_from(point_ != nullptr ? point_->progress : TrainingProgress{});
    if (point_ == nullptr) remove_checkpoints(directory_);
    summary_.write();
    has_begun_ = true;
    if (point_ == nullptr) claim.clear();
    claim.remove_leftovers();
    reporter_.run_directory_ready(directory_);
    claim.write(kConfigFile, written_.stored_text());
}

RunTables Run::open_tables() const {
    if (point_ != nullptr) return {*claim_, config_, point_->tables};
    return {*claim_, config_};
}

void Run::train(const std::function<bool()>& stop_requested) {
    RunTables tables = open_tables();
    CheckpointSaver checkpoints(*claim_, written_.sha256, data_sha256(*dataset_), tables);
    RunListener listener(dataset_->train.samples(), {*claim_, written_, tables, checkpoints, summary_}, reporter_,
                         stop_requested);
    if (point_ != nullptr) listener.go_on_from(point_->progress);
    const TrainResult result = [&] {
        try {
            return training_->run(listener);
        } catch (...) {
            has_trained_ = listener.last_iteration().iteration > 0;
            throw;
        }
    }();
    has_trained_ = true;
    checkpoints.finish();
    tables.sync();
    tables.close();
    finish(result, listener);
}

/// `done` is said once tables and model are on the disk, and then the checkpoints go.
void Run::finish(const TrainResult& result, const RunListener& listener) {
    Summary& known = summary_.known();
    known.epoch = result.epoch;
    known.iteration = result.iteration;
    known.seconds = listener.seconds();
    known.samples_per_second = static_cast<double>(result.samples) / std::max(known.seconds, 1e-9);
    if (result.outcome != Outcome::kDone) end_early(result);
    if (config_.train.save_model) claim_->write(kModelFile, model_bytes(written_, result.model));
    summary_.end("done");
    if (claim_->is_held()) remove_checkpoints(directory_);
    reporter_.log(LogLevel::kInfo,
                  fmt::format("done: {:.1f} seconds, {:.0f} samples/s", known.seconds, known.samples_per_second));
    reporter_.table(final_errors_text(known.last_epoch.value()));
}

void Run::end_early(const TrainResult& result) {
    summary_.end(result.outcome == Outcome::kDiverged ? "diverged" : "interrupted");
    if (result.outcome == Outcome::kDiverged) {
        if (claim_->is_held()) remove_checkpoints(directory_);
        throw_diverged(result, directory_);
    }
    const char* const next = config_.train.checkpoint_every.count > 0 ? "--resume goes on" : "--force starts over";
    throw Error(ExitCode::kInterrupted,
                fmt::format("interrupted after epoch {}, iteration {}; everything up to there is in {}; {}",
                            result.epoch, result.iteration, directory_, next));
}

void Run::leave_failure(const RunClaim& claim) noexcept {
    try {
        if (!has_begun_) {
            reporter_.run_directory_ready(directory_);
            summary_.write_into(claim);
            summary_.go_on_from(saved_progress(directory_));
            claim.write(kConfigFile, written_.stored_text());
        }
        note_failure();
    } catch (...) {  // the failure itself is what gets reported
    }
}

void Run::abandon() {
    if (claim_ == nullptr) return;
    if (has_trained_ || (has_begun_ && replaces_)) return note_failure();
    if (!replaces_) claim_->discard();
}

}  // namespace bnrun
