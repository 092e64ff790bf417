#include "experiment/run.h"

#include <fmt/core.h>

#include <filesystem>

#include "base/error.h"
#include "experiment/inputs.h"
#include "experiment/resume.h"
#include "experiment/run_directory.h"
#include "experiment/run_steps.h"
#include "experiment/stored_config.h"
#include "train/check_fit.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

void check_not_stopped(const RunOptions& options) {
    if (!options.stop_requested || !options.stop_requested()) return;
    throw Error(ExitCode::kInterrupted, "interrupted before the first iteration; nothing was written");
}

/// In a directory that is there.
void resume_experiment(const Config& asked, const std::string& directory, const RunOptions& options,
                       Reporter& reporter) {
    check_run_directory(directory, true);
    const RunClaim claim = claim_run_directory(directory);
    claim.remove_leftovers();
    const Config config = options.data_moved ? with_stored_data_dir(asked, directory) : asked;
    if (is_finished(directory, config, reporter)) return;
    const Dataset dataset = load_reported(asked, reporter);
    const std::optional<ResumePoint> point = find_resume_point(directory, config, dataset, reporter);
    const TensorMap initial = point ? TensorMap() : read_initial_values(config);
    check_fit(config, dataset, initial);
    if (!point) reporter.log(LogLevel::kInfo, directory + ": no checkpoint yet; starting from the beginning");
    Run run(config, directory, options.threads, reporter);
    run.prepare(dataset, initial, point ? &*point : nullptr);
    check_not_stopped(options);
    try {
        run.begin(claim);
        run.train(options.stop_requested);
    } catch (...) {
        if (run.has_begun()) run.note_failure();
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
        return std::nullopt;
    }
}

}  // namespace

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
    Run run(config, directory, options.threads, reporter);
    run.prepare(dataset, initial, nullptr);
    check_not_stopped(options);
    const RunClaim claim = create_run_directory(directory, options.force);
    try {
        run.begin(claim);
        run.train(options.stop_requested);
    } catch (...) {
        run.abandon(claim);
        throw;
    }
}

void run_claimed(const Config& config, const RunClaim& claim, const RunOptions& options, const DatasetSource& data,
                 Reporter& reporter) {
    const std::string& directory = claim.directory();
    Run run(config, directory, options.threads, reporter);
    try {
        const std::shared_ptr<const Dataset> dataset = data(config);
        report_dataset(config, *dataset, reporter);
        const std::optional<ResumePoint> point =
            options.replaces_another ? std::nullopt : usable_resume_point(config, directory, *dataset, reporter);
        const TensorMap initial = point ? TensorMap() : read_initial_values(config);
        check_fit(config, *dataset, initial);
        run.prepare(*dataset, initial, point ? &*point : nullptr);
        check_not_stopped(options);
        run.begin(claim);
        run.train(options.stop_requested);
    } catch (...) {
        const Failure failure = current_failure();
        if (run.has_begun()) {
            run.note_failure();
        } else {
            if (options.replaces_another || failure.code == ExitCode::kInterrupted) throw;
            run.leave_failure(claim);
        }
        reporter.log(LogLevel::kError, failure.line);
        throw;
    }
}

}  // namespace bnrun
