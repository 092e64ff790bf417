// A file that grows row by row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "files/file.h"

namespace bnrun {

/// Every append reaches the operating system before it returns. Follows no link, and writes to no pipe or device. Where
/// the file has another name (a hard link, as `cp -al` makes them), what is there is first copied: the other name keeps
/// what it had. All throw WriteError.
class GrowingFile {
  public:
    GrowingFile() = default;
    explicit GrowingFile(const std::string& path);  ///< new and empty, in place of what is there
    /// Goes on with what is there, if anything is. Others may edit or replace it, as users do with a log.
    static GrowingFile at_end(const std::string& path);
    static GrowingFile cut(const std::string& path, std::int64_t bytes);  ///< to that many, which it must have

    void append(const std::string& text);  ///< once it is checked
    void sync() const;                     ///< returns once the disk has it; another thread may append meanwhile
    void check() const;                    ///< that no other program has written, cut, removed or replaced it
    void close() { file_.close(); }

  private:
    explicit GrowingFile(OpenFile file) : file_(std::move(file)), id_(id_of(file_.status())) {}

    [[nodiscard]] struct stat checked() const;  ///< of the file, as check() finds it
    void leave_other_names();
    void return_to_directory();
    void become(OpenFile file);

    OpenFile file_;
    FileId id_;
    std::int64_t bytes_ = 0;
    std::optional<FileId> directory_;  ///< of a file that others may edit
};

}  // namespace bnrun
