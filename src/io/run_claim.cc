#include "io/run_claim.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/error.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

constexpr int kMostAttempts = 100;

[[noreturn]] void fail(const std::string& path, const char* what, const std::string& why) {
    throw WriteError(fmt::format("{}: {}: {}; choose another directory with --out", path, what, why));
}

/// False where the file was removed or replaced after it was opened: a lock on it then means nothing.
bool is_at(int descriptor, const std::string& path) {
    struct stat opened {};
    struct stat there {};
    return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &there) == 0 && opened.st_ino == there.st_ino &&
           opened.st_dev == there.st_dev;
}

}  // namespace

void make_output_directory(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) fail(path, "output directory cannot be created", error.message());
    if (::access(path.c_str(), W_OK) != 0) fail(path, "output directory cannot be written", std::strerror(errno));
}

const std::vector<std::string>& own_run_files() {
    static const std::vector<std::string> names{"config.json",
                                                "gradients.txt",
                                                "activations.txt",
                                                "gradients.csv",
                                                "activations.csv",
                                                "iterations.csv",
                                                "epochs.csv",
                                                "model.safetensors",
                                                "summary.json",
                                                "run.log",
                                                "checkpoint.safetensors",
                                                "checkpoint.previous.safetensors",
                                                "config.json.tmp",
                                                "model.safetensors.tmp",
                                                "summary.json.tmp",
                                                "checkpoint.safetensors.tmp"};
    return names;
}

std::optional<RunClaim> RunClaim::take(const std::string& directory) {
    const std::string path = directory + "/run.log";
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        make_output_directory(directory);
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno == ENOENT) continue;  // the directory has gone again
        if (descriptor < 0) fail(path, "cannot be opened", std::strerror(errno));
        RunClaim claim(directory, descriptor);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) return std::nullopt;
            if (errno != EINTR) fail(path, "cannot be locked", std::strerror(errno));
        } else if (is_at(descriptor, path)) {
            return claim;
        }
    }
    return std::nullopt;
}

RunClaim::~RunClaim() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

RunClaim::RunClaim(RunClaim&& other) noexcept
    : directory_(std::move(other.directory_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

void RunClaim::clear() const {
    for (const std::string& name : own_run_files()) {
        if (name == "run.log") continue;
        std::error_code error;
        fs::remove(fs::path(directory_) / name, error);
        if (error) fail(directory_ + "/" + name, "cannot be removed", error.message());
    }
    if (::ftruncate(descriptor_, 0) != 0) fail(directory_ + "/run.log", "cannot be emptied", std::strerror(errno));
}

void RunClaim::discard() const noexcept {
    std::error_code ignored;
    for (const std::string& name : own_run_files()) fs::remove(fs::path(directory_) / name, ignored);
    fs::remove(directory_, ignored);
}

}  // namespace bnrun
