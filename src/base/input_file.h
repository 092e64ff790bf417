// The one way in which files are opened to be read: regular files, and pipes where one may be given for a file.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace bnrun {

/// Beyond it, text is no config, no sweep's spec and no summary: parsed, it takes up to some thirty times the memory.
inline constexpr std::uint64_t kMostJson = std::uint64_t{1} << 24;
inline constexpr std::uint64_t kAnySize = std::uint64_t{1} << 62;

/// How long a pipe that has a writer is waited for without a byte from it.
inline constexpr std::chrono::milliseconds kMostSilence{60'000};

/// kRead: what a user names may be a pipe, such as a shell's `<(…)`; kRefused: a file of a run's own is none.
enum class Pipes { kRead, kRefused };

/// An open file. Never a device, which may have no end: it is not even opened.
class InputFile {
  public:
    /// Throws DataError: no such file, a directory, a device, a pipe where none is read.
    InputFile(const std::string& path, Pipes pipes, std::chrono::milliseconds most_silence = kMostSilence);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    /// Up to count bytes; fewer only at the end. A pipe is waited for as long as bytes come, and a few seconds for
    /// somebody to open its other end. Throws DataError, or Error(kInterrupted) where a signal came meanwhile.
    std::size_t read(void* to, std::size_t count);

    [[nodiscard]] bool is_pipe() const { return is_pipe_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }  ///< when it was opened; 0 where not known
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    std::size_t read_some(char* to, std::size_t count);
    void wait_for_writer();  ///< once; throws DataError where none has come
    void wait_for_bytes();   ///< or for the end
    bool becomes_readable(std::chrono::milliseconds within) const;

    std::string path_;
    int descriptor_ = -1;
    std::chrono::milliseconds most_silence_;
    bool is_pipe_ = false;
    bool has_writer_ = false;  ///< or had one
    bool has_waited_ = false;
    std::uint64_t size_ = 0;
};

/// The whole contents, of a pipe at most 1 GiB. Throws as above, and DataError where there is more than `most` or than
/// there is memory for.
std::string read_file(const std::string& path, std::uint64_t most, Pipes pipes,
                      std::chrono::milliseconds most_silence = kMostSilence);

/// The first bytes of a regular file; empty where there is none to be read.
std::string start_of_file(const std::string& path, std::size_t count);

}  // namespace bnrun
