#include "io/run_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/error.h"

namespace bnrun {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& path, const char* what) {
    throw WriteError(fmt::format("{}: {}: {}; check the path, its permissions and the space left", path, what,
                                 std::strerror(errno)));
}

int open_new(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) fail(path, "cannot be created");
    return descriptor;
}

void write_all(int descriptor, const std::string& path, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(descriptor, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path, "cannot be written");
        done += static_cast<std::size_t>(written);
    }
}

void sync_directory(const std::string& path) {
    const fs::path parent = fs::path(path).parent_path();
    const int descriptor = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) fail(parent.string(), "cannot be opened");
    const int failed = ::fsync(descriptor);
    ::close(descriptor);
    if (failed != 0 && errno != EINVAL) fail(parent.string(), "cannot be synchronized");
}

[[noreturn]] void throw_exists(const std::string& path) {
    throw ConfigError(
        fmt::format("{}: output directory exists already; nothing is overwritten without --force, or "
                    "choose another with --out",
                    path));
}

/// One with a summary, or one that was killed before it wrote that: a log and nothing that is not a run's.
bool holds_run(const fs::path& path) {
    std::error_code ignored;
    if (fs::exists(path / "summary.json", ignored)) return true;
    const std::vector<std::string>& own = own_run_files();
    for (const auto& entry : fs::directory_iterator(path, ignored)) {
        if (std::find(own.begin(), own.end(), entry.path().filename()) == own.end()) return false;
    }
    return fs::exists(path / "run.log", ignored);
}

}  // namespace

GrowingFile::GrowingFile(const std::string& path) : path_(path), descriptor_(open_new(path)) {}

GrowingFile::~GrowingFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

GrowingFile& GrowingFile::operator=(GrowingFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

void GrowingFile::append(const std::string& text) { write_all(descriptor_, path_, text); }

void GrowingFile::close() {
    if (descriptor_ >= 0 && ::close(std::exchange(descriptor_, -1)) != 0) fail(path_, "cannot be closed");
}

void write_whole(const std::string& path, const std::string& contents) {
    const std::string temporary = path + ".tmp";
    const int descriptor = open_new(temporary);
    try {
        write_all(descriptor, temporary, contents);
        if (::fsync(descriptor) != 0) fail(temporary, "cannot be synchronized");
    } catch (...) {
        ::close(descriptor);
        ::unlink(temporary.c_str());
        throw;
    }
    if (::close(descriptor) != 0) fail(temporary, "cannot be closed");
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        const int reason = errno;
        ::unlink(temporary.c_str());
        errno = reason;
        fail(path, "cannot be renamed to");
    }
    sync_directory(path);
}

void check_run_directory(const std::string& path, bool force) {
    std::error_code ignored;
    const fs::file_status status = fs::symlink_status(path, ignored);
    if (!fs::exists(status)) return;
    if (!force) throw_exists(path);
    if (!fs::is_directory(path, ignored)) {
        throw ConfigError(fmt::format("{}: is not a directory; choose another with --out", path));
    }
    if (!holds_run(path) && !fs::is_empty(path, ignored)) {
        throw ConfigError(
            fmt::format("{}: holds files, but no run (there is no summary.json); --force replaces runs "
                        "only; choose another with --out",
                        path));
    }
}

RunClaim create_run_directory(const std::string& path, bool force) {
    check_run_directory(path, force);
    std::optional<RunClaim> claim = RunClaim::take(path);
    if (!claim) {
        throw ConfigError(
            fmt::format("{}: is being run by another process; wait for it, or choose another with --out", path));
    }
    std::error_code ignored;
    if (!force && fs::exists(fs::path(path) / "config.json", ignored)) throw_exists(path);  // by one that was faster
    claim->clear();
    return std::move(*claim);
}

std::string read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream contents;
    std::error_code ignored;
    if (!file || fs::is_directory(path, ignored)) {
        throw DataError(fmt::format("{}: cannot be read; expected a readable file", path));
    }
    contents << file.rdbuf();
    if (file.bad()) throw DataError(fmt::format("{}: cannot be read to its end", path));
    return contents.str();
}

}  // namespace bnrun
