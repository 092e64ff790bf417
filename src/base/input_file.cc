#include "base/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "base/error.h"

namespace bnrun {
namespace {

constexpr std::uint64_t kMostOfPipe = std::uint64_t{1} << 30;
constexpr std::size_t kFirstPiece = std::size_t{1} << 16;
constexpr std::chrono::seconds kWaitForWriter{5};

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
    throw DataError(fmt::format("{}: cannot be read: {}; expected a readable file", path, what));
}

/// Throws unless it is a regular file or, where one may be, a pipe.
void check_kind(const std::string& path, mode_t mode, Pipes pipes) {
    if (S_ISREG(mode)) return;
    if (S_ISDIR(mode)) refuse(path, "it is a directory");
    if (!S_ISFIFO(mode)) refuse(path, "it is a device or a socket");
    if (pipes == Pipes::kRefused) refuse(path, "it is a pipe");
}

[[noreturn]] void refuse_size(const std::string& path, const std::string& size, std::uint64_t most) {
    throw DataError(fmt::format("{}: has {} bytes; expected at most {} bytes; check that it is the file that was meant",
                                path, size, most));
}

/// In one step where the size is known, else in steps that double: no more memory than twice what is really there.
std::string read_to_end(InputFile& file, const std::string& path, std::uint64_t most) {
    std::string contents;
    std::size_t length = 0;
    // One byte more than a size that is known tells that this is all; of a pipe, or a file of /proc, none is known.
    for (std::size_t step = file.size() > 0 ? file.size() + 1 : kFirstPiece;; step = length) {
        contents.resize(length + step);
        const std::size_t got = file.read(contents.data() + length, step);
        length += got;
        if (length > most) refuse_size(path, fmt::format("more than {}", most), most);
        if (got < step) break;
    }
    contents.resize(length);
    return contents;
}

}  // namespace

InputFile::InputFile(const std::string& path, Pipes pipes, std::chrono::milliseconds most_silence)
    : path_(path), most_silence_(most_silence) {
    struct stat there {};
    if (::stat(path.c_str(), &there) != 0) refuse(path, std::strerror(errno));
    check_kind(path, there.st_mode, pipes);
    // Without O_NONBLOCK, a pipe that nobody writes to would be waited for without an end.
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor_ < 0) refuse(path, std::strerror(errno));
    try {
        if (::fstat(descriptor_, &there) != 0) refuse(path, std::strerror(errno));
        check_kind(path, there.st_mode, pipes);  // of what has the name now
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
    is_pipe_ = S_ISFIFO(there.st_mode);
    if (!is_pipe_) size_ = static_cast<std::uint64_t>(std::max<off_t>(there.st_size, 0));
}

InputFile::~InputFile() { ::close(descriptor_); }

std::size_t InputFile::read(void* to, std::size_t count) {
    std::size_t total = 0;
    while (total < count) {
        const std::size_t got = read_some(static_cast<char*>(to) + total, count - total);
        if (got == 0) break;
        total += got;
    }
    return total;
}

/// 0 at the end.
std::size_t InputFile::read_some(char* to, std::size_t count) {
    while (true) {
        const ssize_t got = ::read(descriptor_, to, count);
        if (got > 0) has_writer_ = true;
        if (got > 0 || (got == 0 && (!is_pipe_ || has_writer_))) return static_cast<std::size_t>(got);
        if (got == 0) {
            wait_for_writer();
        } else if (errno == EAGAIN && is_pipe_) {
            wait_for_bytes();
        } else if (errno != EINTR) {
            throw DataError(fmt::format("{}: cannot be read to its end: {}; expected a readable file", path_,
                                        std::strerror(errno)));
        }
    }
}

void InputFile::wait_for_writer() {
    if (has_waited_) {
        refuse(path_, fmt::format("it is a pipe that nobody wrote to within {} s", kWaitForWriter.count()));
    }
    has_writer_ = becomes_readable(kWaitForWriter);  // one that has gone without a word, too
    has_waited_ = !has_writer_;  // one that has come and not written yet shows when it is read once more
}

void InputFile::wait_for_bytes() {
    has_writer_ = true;
    if (becomes_readable(most_silence_)) return;
    const double seconds = std::chrono::duration<double>(most_silence_).count();
    refuse(path_, fmt::format("it is a pipe into which nothing came for {:g} s", seconds));
}

/// No signal but one that asks to end is caught.
bool InputFile::becomes_readable(std::chrono::milliseconds within) const {
    pollfd waiting{descriptor_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(within.count()));
    if (ready >= 0 || errno != EINTR) return ready > 0;
    throw Error(ExitCode::kInterrupted, path_ + ": interrupted while it was waited for");
}

std::string read_file(const std::string& path, std::uint64_t most, Pipes pipes,
                      std::chrono::milliseconds most_silence) {
    InputFile file(path, pipes, most_silence);
    if (file.size() > most) refuse_size(path, std::to_string(file.size()), most);
    try {
        return read_to_end(file, path, file.is_pipe() ? std::min(most, kMostOfPipe) : most);
    } catch (const std::bad_alloc&) {
        throw DataError(fmt::format("{}: has {} bytes, for which there is no memory; check that it is the right file",
                                    path, file.size()));
    }
}

std::string start_of_file(const std::string& path, std::size_t count) {
    try {
        InputFile file(path, Pipes::kRefused);
        std::string start(count, '\0');
        start.resize(file.read(start.data(), count));
        return start;
    } catch (const DataError&) {
        return "";
    }
}

}  // namespace bnrun
