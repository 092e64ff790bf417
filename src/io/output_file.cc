#include "io/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>
#include <thread>

#include "base/error.h"
#include "io/file.h"
#include "io/whole_file.h"

namespace bnrun {
namespace {

constexpr std::chrono::seconds kWaitForReader{3};
constexpr std::chrono::milliseconds kBetweenLooks{10};

/// Of a path that names an open descriptor of this process: opened by that name, a file would be begun anew.
std::optional<int> descriptor_of(std::string_view path) {
    if (path == "/dev/stdout") return STDOUT_FILENO;
    if (path == "/dev/stderr") return STDERR_FILENO;
    for (const std::string_view directory : {"/dev/fd/", "/proc/self/fd/"}) {
        if (!path.starts_with(directory)) continue;
        int descriptor = -1;
        const char* const end = path.data() + path.size();
        const auto [stop, error] = std::from_chars(path.data() + directory.size(), end, descriptor);
        if (error == std::errc() && stop == end && descriptor >= 0) return descriptor;
    }
    return std::nullopt;
}

void check_descriptor(int descriptor, const std::string& path) {
    const int flags = ::fcntl(descriptor, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) return;
    throw ConfigError(path + ": is not open for writing; redirect it, or name a file");
}

OpenFile open_stream(const std::string& path) {
    if (const std::optional<int> descriptor = descriptor_of(path)) {
        const int copy = ::fcntl(*descriptor, F_DUPFD_CLOEXEC, 0);
        if (copy < 0) throw_write_error(path, "cannot be opened");
        return {path, copy, Adopted()};
    }
    const auto end = std::chrono::steady_clock::now() + kWaitForReader;
    while (true) {
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (descriptor >= 0) return {path, descriptor, Adopted()};
        if (errno != ENXIO && errno != EINTR) throw_write_error(path, "cannot be opened");
        if (std::chrono::steady_clock::now() >= end) {
            throw WriteError(path + ": nobody reads it; start its reader first, or name a file");
        }
        std::this_thread::sleep_for(kBetweenLooks);
    }
}

}  // namespace

OutputKind output_kind(const std::string& path) {
    if (const std::optional<int> descriptor = descriptor_of(path)) {
        check_descriptor(*descriptor, path);
        return OutputKind::kStream;
    }
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return OutputKind::kNew;
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) throw ConfigError(path + ": is a directory; name a file");
    if (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode)) return OutputKind::kFile;
    if (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode)) return OutputKind::kStream;
    throw ConfigError(path + ": is no file, pipe or terminal; name a file");
}

bool is_stdout(const std::string& path) { return path == "-" || descriptor_of(path) == STDOUT_FILENO; }

void write_output(const std::string& path, const std::string& contents, std::chrono::milliseconds most_stall) {
    if (output_kind(path) != OutputKind::kStream) {
        remove_stale_temporaries(path);
        return write_whole(path, contents);
    }
    OpenFile stream = open_stream(path);
    stream.write_within(most_stall, contents);
    stream.close();
}

}  // namespace bnrun
