#include "io/run_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "base/error.h"
#include "io/paths.h"

namespace bnrun {

namespace fs = std::filesystem;

namespace {

constexpr std::streamsize kPiece = 1 << 16;  ///< bytes read at a time

[[noreturn]] void fail(const std::string& path, const char* what) {
    throw WriteError(fmt::format("{}: {}: {}; check the path, its permissions and the space left", path, what,
                                 std::strerror(errno)));
}

/// Again where a signal came in between.
template <class Call>
int retried(Call call) {
    int result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

int open_file(const std::string& path, int flags) {
    const int descriptor = retried([&] { return ::open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, 0666); });
    if (descriptor < 0) fail(path, (flags & O_CREAT) != 0 ? "cannot be created" : "cannot be opened");
    return descriptor;
}

/// Nobody else's file or link is written to: what has the name loses it.
int open_new(const std::string& path) {
    struct stat there {};
    const bool is_file = ::lstat(path.c_str(), &there) == 0 && (S_ISREG(there.st_mode) || S_ISLNK(there.st_mode));
    if (is_file && ::unlink(path.c_str()) != 0 && errno != ENOENT) fail(path, "cannot be replaced");
    return open_file(path, O_WRONLY | O_CREAT | (is_file ? O_EXCL : 0));
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

/// @param sync fsync or fdatasync; a pipe or the like has nothing to synchronize.
void synchronize(int descriptor, const std::string& path, int (*sync)(int)) {
    if (retried([&] { return sync(descriptor); }) != 0 && errno != EINVAL) fail(path, "cannot be synchronized");
}

void sync_directory(const std::string& path) {
    std::string parent = fs::path(path).parent_path().string();
    if (parent.empty()) parent = ".";
    const int descriptor = retried([&] { return ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
    if (descriptor < 0) fail(parent, "cannot be opened");
    try {
        synchronize(descriptor, parent, ::fsync);
    } catch (...) {
        ::close(descriptor);
        throw;
    }
    if (::close(descriptor) != 0) fail(parent, "cannot be closed");
}

enum class Durability { kOnDisk, kWrittenOnly };

/// A file beside the one to be written, with all its contents, on the disk where that is asked for.
class Temporary {
  public:
    Temporary(const std::string& path, const std::string& contents, Durability durability = Durability::kOnDisk)
        : path_(path + ".tmp"), durability_(durability) {
        const int descriptor = open_new(path_);
        try {
            write_all(descriptor, path_, contents);
            if (durability == Durability::kOnDisk) synchronize(descriptor, path_, ::fsync);
        } catch (...) {
            ::close(descriptor);
            ::unlink(path_.c_str());
            throw;
        }
        if (::close(descriptor) == 0) return;
        const int reason = errno;
        ::unlink(path_.c_str());
        errno = reason;
        fail(path_, "cannot be closed");
    }
    ~Temporary() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

    void move_to(const std::string& path) {
        if (::rename(path_.c_str(), path.c_str()) != 0) fail(path, "cannot be renamed to");
        path_.clear();
        if (durability_ == Durability::kOnDisk) sync_directory(path);
    }

  private:
    std::string path_;
    Durability durability_;
};

void check_written(const std::string& path, const std::string& contents) {
    try {
        if (read_whole(path) == contents) return;
    } catch (const DataError& error) {
        throw WriteError(error.what());
    }
    throw WriteError(path + ": reads back differently from what was written; check the disk");
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
    std::error_code unread;
    for (const std::string& name : names_in(path, unread)) {
        if (std::find(own.begin(), own.end(), name) == own.end()) return false;
    }
    return !unread && fs::exists(path / "run.log", ignored);
}

}  // namespace

GrowingFile::GrowingFile(const std::string& path) : GrowingFile(path, open_new(path)) {}

GrowingFile::GrowingFile(const std::string& path, int descriptor) : path_(path), descriptor_(descriptor) {}

GrowingFile GrowingFile::at_end(const std::string& path) {
    return {path, open_file(path, O_WRONLY | O_CREAT | O_APPEND)};
}

GrowingFile GrowingFile::cut(const std::string& path, std::int64_t bytes) {
    GrowingFile file(path, open_file(path, O_WRONLY | O_APPEND));
    if (retried([&] { return ::ftruncate(file.descriptor_, bytes); }) != 0) fail(path, "cannot be cut back");
    return file;
}

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

void GrowingFile::sync() const { synchronize(descriptor_, path_, ::fdatasync); }

void GrowingFile::close() {
    if (descriptor_ >= 0 && ::close(std::exchange(descriptor_, -1)) != 0) fail(path_, "cannot be closed");
}

void write_whole(const std::string& path, const std::string& contents) { Temporary(path, contents).move_to(path); }

void write_passing(const std::string& path, const std::string& contents) {
    Temporary(path, contents, Durability::kWrittenOnly).move_to(path);
}

void write_keeping(const std::string& path, const std::string& previous, const std::string& contents) {
    Temporary temporary(path, contents);
    check_written(temporary.path(), contents);
    if (::rename(path.c_str(), previous.c_str()) != 0 && errno != ENOENT) fail(previous, "cannot be renamed to");
    temporary.move_to(path);
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

RunClaim claim_run_directory(const std::string& path) {
    if (std::optional<RunClaim> claim = RunClaim::take(path)) return std::move(*claim);
    throw ConfigError(
        fmt::format("{}: is being run by another process; wait for it, or choose another with --out", path));
}

RunClaim create_run_directory(const std::string& path, bool force) {
    check_run_directory(path, force);
    RunClaim claim = claim_run_directory(path);
    std::error_code ignored;
    if (!force && fs::exists(fs::path(path) / "config.json", ignored)) throw_exists(path);  // by one that was faster
    claim.clear();
    return claim;
}

void throw_no_run(const std::string& directory) {
    std::error_code ignored;
    const bool sweep = fs::exists(fs::path(directory) / "summary.csv", ignored);
    throw DataError(fmt::format("{}: not a run directory: {}", directory,
                                sweep ? "it is a sweep's; give that of a run in it"
                                      : "it has no config.json; give one that bnrun --config made"));
}

std::string read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::error_code ignored;
    if (!file || fs::is_directory(path, ignored)) {
        throw DataError(fmt::format("{}: cannot be read; expected a readable file", path));
    }
    std::string contents;
    std::vector<char> piece(kPiece);
    do {
        file.read(piece.data(), kPiece);
        contents.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    } while (file);
    if (file.bad()) throw DataError(fmt::format("{}: cannot be read to its end", path));
    return contents;
}

}  // namespace bnrun
