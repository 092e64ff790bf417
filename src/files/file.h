// An open file, whose failures name it; and what tells one file from another.
#pragma once

#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace bnrun {

/// WriteError with the path and what errno says.
[[noreturn]] void throw_write_error(const std::string& path, const char* what);

/// One file, whatever its names are.
struct FileId {
    dev_t device = 0;
    ino_t inode = 0;
    bool operator==(const FileId&) const = default;
};

FileId id_of(const struct stat& status);

/// Of what has the name; a link is not followed. None where nothing has it.
std::optional<struct stat> status_at(const std::string& path);
std::optional<FileId> id_at(const std::string& path);

/// Waits for as long as it takes until the descriptor takes something, as of a pipe that does not wait by itself.
void wait_for_room(int descriptor);

struct Adopted {};

/// All throw WriteError.
class OpenFile {
  public:
    OpenFile() = default;
    /// @param flags as open(2) takes them. A new file has the user's umask.
    OpenFile(const std::string& path, int flags);
    /// Of an open descriptor, which is closed with this. @param path for messages
    OpenFile(std::string path, int descriptor, Adopted);
    ~OpenFile();
    OpenFile(OpenFile&& other) noexcept;
    OpenFile& operator=(OpenFile&& other) noexcept;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] struct stat status() const;

    void write(const std::string& text);  ///< all of it, waiting for a slow reader
    /// The same, but a reader that takes nothing for so long is given up, whether the descriptor waits or not.
    void write_within(std::chrono::milliseconds most_stall, const std::string& text);
    /// @param call sync_file or sync_contents; a pipe or the like has nothing to synchronize.
    void sync(int (*call)(int)) const;
    void cut(std::int64_t bytes);
    /// Goes on with what the other one has opened, under the same descriptor: another thread may sync meanwhile.
    void become(OpenFile&& other);
    void close();

  private:
    std::string path_;
    int descriptor_ = -1;
};

}  // namespace bnrun
