#include "experiment/resume.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "base/sha256.h"
#include "experiment/run_tables.h"
#include "experiment/stored_config.h"
#include "experiment/stored_run.h"

namespace bnrun {
namespace {

/// Throws DataError where it cannot be used.
ResumePoint read_resume_point(const std::string& directory, const std::string& path, const RunConfig& config,
                              const Dataset& dataset) {
    CheckpointFile file = read_checkpoint(path);
    if (file.config_sha256 != config.sha256) throw DataError(path + ": of another config");
    if (file.data_sha256 != data_sha256(dataset)) throw DataError(path + ": made with other data");
    for (const char* name : kTableNames) {
        if (has_table(config.values, name) && file.tables.count(name) == 0)
            throw DataError(fmt::format("{}: lacks the mark of {}", path, name));
    }
    ResumePoint point{{std::move(file.state)}, {}, std::move(file.tables)};
    try {
        check_checkpoint(config.values, dataset, point.checkpoint);
    } catch (const DataError& error) {
        throw DataError(fmt::format("{}: not a usable checkpoint: {}", path, error.what()));
    }
    check_tables(directory, point.tables);
    point.progress = point.checkpoint.progress();
    return point;
}

}  // namespace

std::string data_sha256(const Dataset& dataset) {
    Sha256 sum;
    for (const auto& [name, sha256] : dataset.sha256) sum.add(fmt::format("{} {}\n", name, sha256));
    return sum.text();
}

bool is_finished(const std::string& directory, const RunConfig& config, Reporter& reporter) {
    const StoredRun run = read_stored_run(directory, config);
    if (run.is_there && !run.is_of_config) {
        throw ConfigError(
            fmt::format("{}: holds a run of another config{}, which --resume cannot go on with; choose another "
                        "directory with --out, or replace it with --force",
                        directory, first_difference(directory, config.values)));
    }
    const std::string& status = run.result.status;
    if (status == "diverged") {
        throw Error(ExitCode::kDiverged,
                    fmt::format("{}: the run has diverged, and would again; change the config", directory));
    }
    if (status != "done") return false;
    remove_checkpoints(directory);  // where the run was killed before it could
    reporter.log(LogLevel::kInfo, directory + ": the run is done already");
    return true;
}

std::optional<ResumePoint> find_resume_point(const std::string& directory, const RunConfig& config,
                                             const Dataset& dataset, Reporter& reporter) {
    std::string refused;
    for (const std::string_view name : kCheckpointNames) {
        const std::string path = path_in(directory, name);
        std::error_code ignored;
        if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) continue;
        try {
            ResumePoint point = read_resume_point(directory, path, config, dataset);
            if (!refused.empty()) reporter.log(LogLevel::kWarning, refused + "; going on from the previous one");
            reporter.log(LogLevel::kInfo, fmt::format("going on after epoch {}, iteration {}, from {}",
                                                      point.progress.epoch, point.progress.iteration, path));
            return point;
        } catch (const DataError& error) {
            if (refused.empty()) refused = error.what();
        }
    }
    if (refused.empty()) return std::nullopt;
    throw DataError(refused + "; there is no other checkpoint to go on from; --force starts over");
}

TrainingProgress saved_progress(const std::string& directory) {
    for (const std::string_view name : kCheckpointNames) {
        try {
            return Checkpoint{read_checkpoint(path_in(directory, name)).state}.progress();
        } catch (const DataError&) {
            // The previous one, perhaps.
        }
    }
    return {};
}

}  // namespace bnrun
