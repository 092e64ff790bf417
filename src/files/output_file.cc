#include "files/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include "base/error.h"
#include "files/file.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

constexpr std::chrono::seconds kWaitForReader{3};
constexpr std::chrono::milliseconds kBetweenLooks{10};

namespace fs = std::filesystem;

/// Whether they are one, however they are spelled and whatever links lead there.
bool is_same_directory(const fs::path& path, const char* directory) {
    std::error_code ignored;
    return path == directory || fs::equivalent(path.empty() ? fs::path(".") : path, directory, ignored);
}

/// Of a path that names an open descriptor of this process: opened by that name, a file would be begun anew.
std::optional<int> descriptor_of(const fs::path& path) {
    const fs::path directory = path.parent_path();
    const std::string name = path.filename().string();
    if (name == "stdout" && is_same_directory(directory, "/dev")) return STDOUT_FILENO;
    if (name == "stderr" && is_same_directory(directory, "/dev")) return STDERR_FILENO;
    int descriptor = -1;
    const char* const end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data(), end, descriptor);
    if (error != std::errc() || stop != end || descriptor < 0) return std::nullopt;
    const bool is_one = is_same_directory(directory, "/dev/fd") || is_same_directory(directory, "/proc/self/fd");
    return is_one ? std::optional(descriptor) : std::nullopt;
}

bool is_stream(mode_t mode) { return S_ISFIFO(mode) || S_ISCHR(mode); }

void check_descriptor(int descriptor, const std::string& path) {
    const int flags = ::fcntl(descriptor, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) return;
    throw ConfigError(path + ": is not open for writing; redirect it, or name a file");
}

/// What a link leads to by now may be a file.
OpenFile checked_stream(OpenFile stream) {
    if (!is_stream(stream.status().st_mode)) throw WriteError(stream.path() + ": has become a file; try again");
    return stream;
}

OpenFile open_stream(const std::string& path) {
    if (const std::optional<int> descriptor = descriptor_of(path)) {
        const int copy = ::fcntl(*descriptor, F_DUPFD_CLOEXEC, 0);
        if (copy < 0) throw_write_error(path, "cannot be opened");
        return {path, copy, Adopted()};
    }
    const auto end = std::chrono::steady_clock::now() + kWaitForReader;
    while (true) {
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (descriptor >= 0) return checked_stream({path, descriptor, Adopted()});
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
    const std::optional<struct stat> there = status_at(path);
    if (!there) return OutputKind::kNew;
    struct stat target {};
    const mode_t leads_to = ::stat(path.c_str(), &target) == 0 ? target.st_mode : there->st_mode;
    if (S_ISDIR(leads_to)) throw ConfigError(path + ": is a directory; name a file");
    if (is_stream(leads_to)) return OutputKind::kStream;
    if (S_ISREG(there->st_mode) || S_ISLNK(there->st_mode)) return OutputKind::kFile;
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
