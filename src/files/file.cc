#include "files/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "base/platform.h"

namespace bnrun {
namespace {

/// Again where a signal came in between.
template <class Call>
int retried(Call call) {
    int result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

}  // namespace

void throw_write_error(const std::string& path, const char* what) {
    throw WriteError(fmt::format("{}: {}: {}; check the path, its permissions and the space left", path, what,
                                 std::strerror(errno)));
}

FileId id_of(const struct stat& status) { return {status.st_dev, status.st_ino}; }

std::optional<struct stat> status_at(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
    return status;
}

std::optional<FileId> id_at(const std::string& path) {
    const std::optional<struct stat> status = status_at(path);
    return status ? std::optional(id_of(*status)) : std::nullopt;
}

void wait_for_room(int descriptor) {
    pollfd room{descriptor, POLLOUT, 0};
    (void)retried([&] { return ::poll(&room, 1, -1); });
}

OpenFile::OpenFile(const std::string& path, int flags)
    : path_(path), descriptor_(retried([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); })) {
    if (descriptor_ < 0) throw_write_error(path, (flags & O_CREAT) != 0 ? "cannot be created" : "cannot be opened");
}

OpenFile::OpenFile(std::string path, int descriptor, Adopted) : path_(std::move(path)), descriptor_(descriptor) {}

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

struct stat OpenFile::status() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) throw_write_error(path_, "cannot be looked at");
    return status;
}

void OpenFile::write(const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(descriptor_, text.data() + done, text.size() - done);
        if (written >= 0) {
            done += static_cast<std::size_t>(written);
        } else if (errno == EAGAIN) {
            wait_for_room(descriptor_);
        } else if (errno != EINTR) {
            throw_write_error(path_, "cannot be written");
        }
    }
}

/// Where poll says that there is room, so many bytes have it, and writing them does not wait.
void OpenFile::write_within(std::chrono::milliseconds most_stall, const std::string& text) {
    constexpr std::size_t kPiece = PIPE_BUF;
    for (std::size_t done = 0; done < text.size();) {
        pollfd waited{descriptor_, POLLOUT, 0};
        if (retried([&] { return ::poll(&waited, 1, static_cast<int>(most_stall.count())); }) == 0) {
            throw WriteError(fmt::format("{}: its reader has taken nothing for {:g} s; see to it, or name a file",
                                         path_, std::chrono::duration<double>(most_stall).count()));
        }
        const ssize_t written = ::write(descriptor_, text.data() + done, std::min(kPiece, text.size() - done));
        if (written < 0 && errno != EAGAIN && errno != EINTR) throw_write_error(path_, "cannot be written");
        done += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
    }
}

void OpenFile::sync(int (*call)(int)) const {
    if (retried([&] { return call(descriptor_); }) != 0 && errno != EINVAL) {
        throw_write_error(path_, "cannot be synchronized");
    }
}

void OpenFile::cut(std::int64_t bytes) {
    if (retried([&] { return ::ftruncate(descriptor_, bytes); }) != 0) throw_write_error(path_, "cannot be cut back");
}

void OpenFile::become(OpenFile&& other) {
    if (retried([&] { return duplicate_onto(other.descriptor_, descriptor_); }) < 0) {
        throw_write_error(path_, "cannot be opened");
    }
}

void OpenFile::close() {
    if (descriptor_ >= 0 && ::close(std::exchange(descriptor_, -1)) != 0) throw_write_error(path_, "cannot be closed");
}

}  // namespace bnrun
