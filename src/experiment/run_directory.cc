#include "experiment/run_directory.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/paths.h"
#include "files/checkpoint.h"
#include "files/file.h"
#include "files/run_files.h"
#include "files/summary.h"
#include "files/whole_file.h"
#include "settings/json.h"

namespace bnrun {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void throw_exists(const std::string& path) {
    throw ConfigError(
        fmt::format("{}: output directory exists already; nothing is overwritten without --force, or "
                    "choose another with --out",
                    path));
}

/// Whether the call reads the file; false for what another program calls by that name.
template <class Read>
bool is_readable(Read read) {
    try {
        read();
        return true;
    } catch (const Error&) {
        return false;
    }
}

bool has_config(const std::string& path) {
    return is_readable([&] { (void)parse_config(read_whole(path, kMostJson), path, {}); });
}

bool has_run_checkpoint(const fs::path& path) {
    return std::any_of(kCheckpointNames.begin(), kCheckpointNames.end(),
                       [&](std::string_view name) { return is_readable([&] { (void)read_checkpoint(path / name); }); });
}

/// One with a summary or a checkpoint, or one that was killed before it wrote that: a lock (of earlier versions, a
/// log), a config if any, and nothing that is not a run's.
bool holds_run(const fs::path& path) {
    if (is_readable([&] { (void)read_summary(path / kSummaryFile); }) || has_run_checkpoint(path)) return true;
    std::error_code unread;
    for (const std::string& name : names_in(path, unread)) {
        if (!is_own_run_file(name) || (name == kConfigFile && !has_config(path / name))) return false;
    }
    std::error_code ignored;
    return !unread && (fs::exists(path / kLockFile, ignored) || fs::exists(path / kLogFile, ignored));
}

/// Whatever is there must not be taken for nothing, or for another's, because it cannot be read.
void check_rights(const fs::path& path, int rights) {
    if (::access(path.c_str(), rights) == 0 || errno == ENOENT) return;
    throw ConfigError(fmt::format("{}: cannot be read: {}; check its rights, or choose another directory with --out",
                                  path.string(), std::strerror(errno)));
}

}  // namespace

void check_run_directory(const std::string& path, bool force) {
    std::error_code ignored;
    const fs::file_status status = fs::symlink_status(path, ignored);
    if (!fs::exists(status)) return;
    if (!force) throw_exists(path);
    if (!fs::is_directory(path, ignored)) {
        throw ConfigError(fmt::format("{}: is not a directory; choose another with --out", path));
    }
    check_rights(path, R_OK | X_OK);
    for (const char* name : {kSummaryFile, kConfigFile}) check_rights(path_in(path, name), R_OK);
    if (!holds_run(path) && !fs::is_empty(path, ignored)) {
        throw ConfigError(
            fmt::format("{}: holds files, but no run (there is no summary.json of a run's); --force replaces "
                        "runs only; choose another with --out",
                        path));
    }
}

RunClaim claim_run_directory(const std::string& path) {
    if (std::optional<RunClaim> claim = RunClaim::take(path)) return std::move(*claim);
    const std::string lock = path_in(path, kLockFile);
    const std::optional<struct stat> status = status_at(lock);
    throw ConfigError(fmt::format(
        "{}: is being run by another process; wait for it, or choose another with --out{}", path,
        status && status->st_nlink > 1 ? fmt::format("; {} has another name, too: where this is a copy made of links "
                                                     "and the run is elsewhere, remove it here",
                                                     lock)
                                       : ""));
}

RunClaim create_run_directory(const std::string& path, bool force) {
    check_run_directory(path, force);
    RunClaim claim = claim_run_directory(path);
    std::error_code ignored;
    if (!force && fs::exists(path_in(path, kConfigFile), ignored)) throw_exists(path);  // by one that was faster
    return claim;
}

}  // namespace bnrun
