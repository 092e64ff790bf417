#include "experiment/run.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "experiment/inputs.h"
#include "experiment/resume.h"
#include "experiment/run_directory.h"
#include "experiment/run_steps.h"
#include "experiment/stored_config.h"

namespace bnrun {
namespace {

/// What the ways to start a run differ in: where each of these comes from.
struct Start {
    std::function<std::shared_ptr<const Dataset>()> data;
    std::function<std::optional<ResumePoint>(const Dataset&)> resume_point;
    std::function<const RunClaim&()> claim;  ///< called once all that can fail before has been tried
};

void carry_out(Run& run, const Start& start, const std::function<bool()>& stop_requested) {
    const std::shared_ptr<const Dataset> dataset = start.data();
    const std::optional<ResumePoint> point = start.resume_point(*dataset);
    run.prepare(*dataset, point ? &*point : nullptr);
    if (stop_requested && stop_requested()) {
        throw Error(ExitCode::kInterrupted, "interrupted before the first iteration; nothing was written");
    }
    run.begin(start.claim());
    run.train(stop_requested);
}

/// What a run of a sweep goes on from: where its checkpoints cannot be used, it starts over rather than fail.
std::optional<ResumePoint> usable_resume_point(const std::string& directory, const RunConfig& config,
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

void run_experiment(const Config& asked, const RunOptions& options, Reporter& reporter) {
    const std::string directory = run_directory(asked, options);
    std::error_code ignored;
    const bool resumes = options.resume && std::filesystem::exists(directory, ignored);
    if (options.resume && !resumes) {
        reporter.log(LogLevel::kInfo, directory + ": no run yet; starting from the beginning");
    }
    check_run_directory(directory, options.force || resumes);
    std::optional<RunClaim> claim;
    if (resumes) {
        claim.emplace(claim_run_directory(directory));
        claim->remove_leftovers();
    }
    const RunConfig config(resumes && options.data_moved ? with_stored_data_dir(asked, directory) : asked);
    if (resumes && is_finished(directory, config, reporter)) return;
    Run run(config, directory, options.threads, reporter);
    Start start;
    start.data = [&] { return std::make_shared<const Dataset>(load_reported(asked, reporter)); };
    start.resume_point = [&](const Dataset& dataset) {
        std::optional<ResumePoint> point;
        if (resumes) point = find_resume_point(directory, config, dataset, reporter);
        if (resumes && !point) {
            reporter.log(LogLevel::kInfo, directory + ": no checkpoint yet; starting from the beginning");
        }
        return point;
    };
    start.claim = [&]() -> const RunClaim& {
        return claim ? *claim : claim.emplace(create_run_directory(directory, options.force));
    };
    try {
        carry_out(run, start, options.stop_requested);
    } catch (...) {
        run.abandon();
        throw;
    }
}

void run_claimed(const RunConfig& config, const RunClaim& claim, const RunOptions& options, const DatasetSource& data,
                 Reporter& reporter) {
    Run run(config, claim.directory(), options.threads, reporter);
    Start start;
    start.data = [&] {
        std::shared_ptr<const Dataset> dataset = data(config.values);
        report_dataset(config.values, *dataset, reporter);
        return dataset;
    };
    start.resume_point = [&](const Dataset& dataset) {
        if (options.replaces_another) return std::optional<ResumePoint>();
        return usable_resume_point(claim.directory(), config, dataset, reporter);
    };
    start.claim = [&]() -> const RunClaim& { return claim; };
    try {
        carry_out(run, start, options.stop_requested);
    } catch (...) {
        const Failure failure = current_failure();
        if (!run.has_begun() && (options.replaces_another || failure.code == ExitCode::kInterrupted)) throw;
        run.leave_failure(claim);
        reporter.log(LogLevel::kError, failure.line);
        throw;
    }
}

}  // namespace bnrun
