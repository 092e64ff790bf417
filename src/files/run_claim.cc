#include "files/run_claim.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <new>
#include <utility>

#include "base/error.h"
#include "base/paths.h"
#include "files/run_files.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

constexpr int kMostAttempts = 100;

[[noreturn]] void fail(const std::string& path, const char* what, const std::string& why) {
    throw WriteError(fmt::format("{}: {}: {}; choose another directory with --out", path, what, why));
}

/// The directory of snapshots goes where nothing else is in it.
void remove_file(const std::string& path) {
    std::error_code error;
    fs::remove(path, error);
    if (error == std::errc::directory_not_empty && fs::path(path).filename() == kSnapshotsDirectory) return;
    if (error) fail(path, "cannot be removed", error.message());
}

std::vector<std::string> leftovers_in(const std::string& directory) {
    std::error_code ignored;
    std::vector<std::string> names = names_in(directory, ignored);
    std::erase_if(names, [](const std::string& name) { return !is_leftover_of_run(name); });
    for (std::string& name : snapshots_in(directory)) {
        if (!name.ends_with(".safetensors")) names.push_back(std::move(name));
    }
    return names;
}

/// None where the directory has gone again.
std::optional<OpenFile> open_lock(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
    if (descriptor < 0 && (errno == ELOOP || errno == EISDIR || errno == ENXIO)) {
        throw WriteError(path + ": is no file (but a link, directory or the like); remove it");
    }
    if (descriptor < 0 && errno != ENOENT) fail(path, "cannot be opened", std::strerror(errno));
    return descriptor < 0 ? std::nullopt : std::optional<OpenFile>(std::in_place, path, descriptor, Adopted());
}

}  // namespace

void make_output_directory(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) fail(path, "output directory cannot be created", error.message());
    if (::access(path.c_str(), W_OK) != 0) fail(path, "output directory cannot be written", std::strerror(errno));
}

bool has_leftovers(const std::string& directory) { return !leftovers_in(directory).empty(); }

bool is_claimed(const std::string& directory) {
    const int descriptor =
        ::open(path_in(directory, kLockFile).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return held;
}

std::optional<RunClaim> RunClaim::take(const std::string& directory) {
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        make_output_directory(directory);
        std::optional<OpenFile> lock = open_lock(path_in(directory, kLockFile));
        if (!lock) continue;
        RunClaim claim(directory, std::move(*lock));
        if (::flock(claim.lock_.descriptor(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) return std::nullopt;
            if (errno != EINTR) fail(claim.lock_.path(), "cannot be locked", std::strerror(errno));
        } else if (claim.is_held()) {
            if (claim.lock_.status().st_nlink == 1) return claim;
            remove_file(claim.lock_.path());  // it is that of a copy made of links, too: each gets its own
        }
    }
    return std::nullopt;
}

RunClaim::RunClaim(std::string directory, OpenFile lock)
    : directory_(std::move(directory)), lock_(std::move(lock)), id_(id_of(lock_.status())) {}

bool RunClaim::is_held() const { return id_at(lock_.path()) == id_; }

void RunClaim::check() const {
    if (is_held()) return;
    throw WriteError(
        fmt::format("{}: is no longer this run's directory: it or its {} was moved away, removed or replaced; nothing "
                    "more is written into it; resume the run where it is now",
                    directory_, kLockFile));
}

void RunClaim::write(std::string_view name, const std::string& contents) const {
    write_whole(path_of(name), contents, [this] { check(); });
}

void RunClaim::write_snapshot(IterationPlace at, const std::string& contents) const {
    check();
    const std::string directory = path_of(kSnapshotsDirectory);
    std::error_code error;
    fs::create_directory(directory, error);
    if (error) fail(directory, "cannot be created", error.message());
    if (fs::is_symlink(directory, error)) throw WriteError(directory + ": is a link; remove it");
    write(snapshot_name(at), contents);
}

void RunClaim::write_passing(std::string_view name, const std::string& contents) const {
    bnrun::write_passing(path_of(name), contents, [this] { check(); });
}

void RunClaim::write_keeping(std::string_view name, std::string_view previous, const std::string& contents) const {
    bnrun::write_keeping(path_of(name), path_of(previous), contents, [this] { check(); });
}

void RunClaim::clear() const {
    std::vector<std::string> names = own_run_files();
    names.erase(std::find(names.begin(), names.end(), kSummaryFile));
    const std::vector<std::string> snapshots = snapshots_in(directory_);
    names.insert(names.begin(), snapshots.begin(), snapshots.end());
    remove_all(names);
    remove_leftovers();
}

void RunClaim::remove_leftovers() const { remove_all(leftovers_in(directory_)); }

void RunClaim::remove_all(const std::vector<std::string>& names) const {
    check();
    for (const std::string& name : names) {
        if (name == kLockFile) continue;
        check();
        remove_file(path_of(name));
    }
}

void RunClaim::discard() const noexcept {
    try {
        if (!is_held()) return;
        std::error_code ignored;
        for (const std::string& name : leftovers_in(directory_)) fs::remove(path_of(name), ignored);
        for (const std::string& name : snapshots_in(directory_)) fs::remove(path_of(name), ignored);
        for (const std::string& name : own_run_files()) fs::remove(path_of(name), ignored);  // .lock is the last
        fs::remove(directory_, ignored);
    } catch (const std::bad_alloc&) {  // what is left is removed with the next run there
    }
}

}  // namespace bnrun
