#include "experiment/run.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "experiment/inputs.h"
#include "experiment/resume.h"
#include "experiment/run_listener.h"
#include "experiment/run_start.h"
#include "experiment/run_summary.h"
#include "experiment/run_tables.h"
#include "experiment/stored_config.h"
#include "io/config_json.h"
#include "io/run_directory.h"
#include "io/safetensors.h"
#include "io/table.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

/// One run from the moment its directory exists.
class Run {
  public:
    /// Keeps references to all but the threads.
    Run(const Config& config, const RunClaim& claim, int threads, Reporter& reporter)
        : config_(config),
          claim_(claim),
          directory_(claim.directory()),
          reporter_(reporter),
          summary_(claim, first_summary(config, threads)) {}

    /// Writes what is known before the data is. @param progress of an earlier process that is gone on from, or none.
    void begin(const TrainingProgress& progress);
    /// @param point to go on from, or none.
    void train_into_directory(const Dataset& dataset, const TensorMap& initial, const ResumePoint* point,
                              const std::function<bool()>& stop_requested);
    void note_failure() { summary_.note_failure(reporter_); }
    [[nodiscard]] bool has_started() const { return started_; }

  private:
    [[nodiscard]] RunTables open_tables(const ResumePoint* point) const;
    void finish(const TrainResult& result, const RunListener& listener);
    void end_early(const TrainResult& result);

    const Config& config_;
    const RunClaim& claim_;
    const std::string& directory_;
    Reporter& reporter_;
    RunSummary summary_;
    bool started_ = false;
};

void Run::begin(const TrainingProgress& progress) {
    claim_.remove_leftovers();
    reporter_.run_directory_ready(directory_);
    claim_.write("config.json", config_text(config_));
    summary_.go_on_from(progress);
    summary_.write();
}

RunTables Run::open_tables(const ResumePoint* point) const {
    if (point != nullptr) return {claim_, config_.precision, point->tables};
    return {claim_, config_.hidden_widths().size(), config_.precision};
}

void Run::train_into_directory(const Dataset& dataset, const TensorMap& initial, const ResumePoint* point,
                               const std::function<bool()>& stop_requested) {
    Summary& known = summary_.known();
    ThreadTeam team(known.threads);
    log_start(config_, dataset, team.size(), directory_, reporter_);
    known.directory = dataset.directory;
    known.sha256 = dataset.sha256;
    summary_.go_on_from(point != nullptr ? point->progress : TrainingProgress{});
    summary_.write();
    RunTables tables = open_tables(point);
    CheckpointSaver checkpoints(claim_, known.config_sha256, data_sha256(dataset), tables);
    RunListener listener(config_, dataset.train.samples(), {tables, checkpoints, summary_}, reporter_, stop_requested);
    if (point != nullptr) listener.go_on_from(point->progress);
    const TrainResult result = [&] {
        try {
            return train(config_, dataset, initial, team, listener, point != nullptr ? &point->checkpoint : nullptr);
        } catch (...) {
            started_ = listener.last_iteration().iteration > 0;
            throw;
        }
    }();
    started_ = true;
    checkpoints.finish();
    tables.close();
    finish(result, listener);
}

void Run::finish(const TrainResult& result, const RunListener& listener) {
    Summary& known = summary_.known();
    known.epoch = result.epoch;
    known.iteration = result.iteration;
    known.seconds = listener.seconds();
    known.samples_per_second = static_cast<double>(result.samples) / std::max(known.seconds, 1e-9);
    if (result.outcome != Outcome::kDone) end_early(result);
    claim_.write("model.safetensors", model_bytes(config_, result.model));
    known.status = "done";
    summary_.write();
    if (claim_.is_held()) remove_checkpoints(directory_);
    reporter_.log(LogLevel::kInfo,
                  fmt::format("done: {:.1f} seconds, {:.0f} samples/s", known.seconds, known.samples_per_second));
    const EpochRecord& last = known.last_epoch.value();
    reporter_.table(test_error_text(last.test_error, last.test_wrong, last.test_samples));
}

[[noreturn]] void throw_diverged(const TrainResult& result, const std::string& directory) {
    throw Error(ExitCode::kDiverged,
                fmt::format("training diverged: {} is not finite at epoch {}, iteration {}; everything up to there "
                            "is in {}; lower train.optimizer.learning_rate{}",
                            result.divergence, result.epoch, result.iteration, directory,
                            result.epoch == 1 && result.iteration == 1 ? " or the initial values" : ""));
}

void Run::end_early(const TrainResult& result) {
    summary_.known().status = result.outcome == Outcome::kDiverged ? "diverged" : "interrupted";
    summary_.write();
    if (result.outcome == Outcome::kDiverged) {
        if (claim_.is_held()) remove_checkpoints(directory_);
        throw_diverged(result, directory_);
    }
    const char* const next = config_.train.checkpoint_every.count > 0 ? "--resume goes on" : "--force starts over";
    throw Error(ExitCode::kInterrupted,
                fmt::format("interrupted after epoch {}, iteration {}; everything up to there is in {}; {}",
                            result.epoch, result.iteration, directory_, next));
}

void check_not_stopped(const RunOptions& options) {
    if (!options.stop_requested || !options.stop_requested()) return;
    throw Error(ExitCode::kInterrupted, "interrupted before the first iteration; nothing was written");
}

/// In a directory that is there.
void resume_experiment(const Config& asked, const std::string& directory, const RunOptions& options,
                       Reporter& reporter) {
    check_run_directory(directory, true);
    const RunClaim claim = claim_run_directory(directory);
    const Config config = options.data_moved ? with_stored_data_dir(asked, directory) : asked;
    if (is_finished(directory, config, reporter)) return;
    const Dataset dataset = load_reported(asked, reporter);
    const std::optional<ResumePoint> point = find_resume_point(directory, config, dataset, reporter);
    const TensorMap initial = point ? TensorMap() : read_initial_values(config);
    check_fit(config, dataset, initial);
    check_not_stopped(options);
    if (!point) {
        reporter.log(LogLevel::kInfo, directory + ": no checkpoint yet; starting from the beginning");
        claim.clear();
    }
    Run run(config, claim, options.threads, reporter);
    try {
        run.begin(point ? point->progress : TrainingProgress{});
        run.train_into_directory(dataset, initial, point ? &*point : nullptr, options.stop_requested);
    } catch (...) {
        run.note_failure();
        throw;
    }
}

/// What a run of a sweep goes on from: where its checkpoints cannot be used, it starts over rather than fail.
std::optional<ResumePoint> usable_resume_point(const Config& config, const std::string& directory,
                                               const Dataset& dataset, Reporter& reporter) {
    try {
        return find_resume_point(directory, config, dataset, reporter);
    } catch (const DataError& error) {
        reporter.log(LogLevel::kWarning, fmt::format("{}; starting from the beginning", error.what()));
        remove_checkpoints(directory);
        return std::nullopt;
    }
}

}  // namespace

std::string model_bytes(const Config& config, const TensorMap& model) {
    return safetensors_bytes({model, {{"format", "bnrun"}, {"config", config_text(config)}}});
}

std::string run_directory(const Config& config, const RunOptions& options) {
    return options.out.value_or("results/" + config.name);
}

void run_experiment(const Config& config, const RunOptions& options, Reporter& reporter) {
    const std::string directory = run_directory(config, options);
    std::error_code ignored;
    if (options.resume && std::filesystem::exists(directory, ignored)) {
        return resume_experiment(config, directory, options, reporter);
    }
    if (options.resume) reporter.log(LogLevel::kInfo, directory + ": no run yet; starting from the beginning");
    check_run_directory(directory, options.force);
    const TensorMap initial = read_initial_values(config);
    const Dataset dataset = load_reported(config, reporter);
    check_fit(config, dataset, initial);
    check_not_stopped(options);
    const RunClaim claim = create_run_directory(directory, options.force);
    Run run(config, claim, options.threads, reporter);
    try {
        run.begin({});
        run.train_into_directory(dataset, initial, nullptr, options.stop_requested);
    } catch (...) {
        if (run.has_started()) {
            run.note_failure();
        } else {
            claim.discard();
        }
        throw;
    }
}

void run_claimed(const Config& config, const RunClaim& claim, const RunOptions& options, const DatasetSource& data,
                 Reporter& reporter) {
    const std::string& directory = claim.directory();
    const bool may_resume = has_checkpoint(directory) && is_of_config(directory, config);
    if (!may_resume) claim.clear();
    Run run(config, claim, options.threads, reporter);
    try {
        run.begin(may_resume ? saved_progress(directory) : TrainingProgress{});
        const std::shared_ptr<const Dataset> dataset = data(config);
        report_dataset(config, *dataset, reporter);
        const std::optional<ResumePoint> point =
            may_resume ? usable_resume_point(config, directory, *dataset, reporter) : std::nullopt;
        const TensorMap initial = point ? TensorMap() : read_initial_values(config);
        check_fit(config, *dataset, initial);
        run.train_into_directory(*dataset, initial, point ? &*point : nullptr, options.stop_requested);
    } catch (...) {
        run.note_failure();
        reporter.log(LogLevel::kError, current_failure().line);
        throw;
    }
}

}  // namespace bnrun
