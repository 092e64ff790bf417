#include "experiment/sweep_directory.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "files/run_claim.h"
#include "files/run_files.h"
#include "files/sweep_summary.h"
#include "files/whole_file.h"
#include "settings/sweep_file.h"

namespace bnrun {
namespace {

bool is_anything(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

/// Throws ConfigError where it cannot be read.
std::string sweep_file_at(const std::string& path) {
    try {
        return read_whole(path, kMostJson);
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
}

[[noreturn]] void throw_no_sweeps(const std::string& path) {
    throw ConfigError(path + ": is there already, and no sweep's; choose another directory with --out, or move it");
}

}  // namespace

void check_sweep_file(const std::string& directory, const SweepPlan& plan, bool force) {
    const std::string path = path_in(directory, kSweepFile);
    if (!is_anything(path)) return;
    const std::string stored = sweep_file_at(path);
    if (!is_sweep_file(stored)) throw_no_sweeps(path);
    const std::string where = sweep_file_difference(stored, plan.file, path);
    if (where.empty() || force) return;
    throw ConfigError(
        fmt::format("{}: is of another sweep (first in {}); choose another directory with --out, or --force to "
                    "make it this one's, which keeps finished runs of the same configs",
                    path, where));
}

void write_sweep_file(const std::string& directory, const SweepPlan& plan, bool force) {
    const std::string path = path_in(directory, kSweepFile);
    make_output_directory(directory);
    remove_stale_temporaries(path);
    check_sweep_file(directory, plan, force);
    if (is_anything(path) && sweep_file_difference(sweep_file_at(path), plan.file, path).empty()) return;
    write_whole(path, plan.file, [&] { check_sweep_file(directory, plan, force); });
}

void check_sweep_summary(const std::string& directory) {
    const std::string path = path_in(directory, kSweepSummaryFile);
    if (is_anything(path) && !is_sweep_summary(path)) throw_no_sweeps(path);
}

void write_sweep_summary(const std::string& directory, const std::string& csv) {
    check_sweep_summary(directory);
    std::error_code ignored;  // what matters of it, write_whole says
    std::filesystem::create_directories(directory, ignored);
    const std::string path = path_in(directory, kSweepSummaryFile);
    remove_stale_temporaries(path);
    write_whole(path, csv);
}

}  // namespace bnrun
