// The files of one run: tables that grow row by row, and whole files that appear complete or not at all.
#pragma once

#include <cstdint>
#include <string>

#include "io/run_claim.h"

namespace bnrun {

/// A file that grows; every append reaches the operating system before it returns. Follows no link. All throw
/// WriteError.
class GrowingFile {
  public:
    GrowingFile() = default;
    explicit GrowingFile(const std::string& path);       ///< new and empty, in place of what is there
    static GrowingFile at_end(const std::string& path);  ///< goes on with what is there, if anything is
    static GrowingFile cut(const std::string& path, std::int64_t bytes);  ///< to that many, which it must have
    ~GrowingFile();
    GrowingFile(GrowingFile&& other) noexcept;
    GrowingFile& operator=(GrowingFile&& other) noexcept;

    void append(const std::string& text);
    void sync() const;  ///< returns once the disk has it; another thread may append meanwhile
    void close();

  private:
    GrowingFile(const std::string& path, int descriptor);

    std::string path_;
    int descriptor_ = -1;
};

/// Writes beside the file, then renames over it: a reader sees the old contents or the new. Throws WriteError.
void write_whole(const std::string& path, const std::string& contents);

/// The same without waiting for the disk, for what is soon written again: a reader still sees the old or the new.
void write_passing(const std::string& path, const std::string& contents);

/// As write_whole, but what was written is read back first, and what was at the path is then kept at `previous`.
void write_keeping(const std::string& path, const std::string& previous, const std::string& contents);

/// Throws ConfigError where something is at the path already and force is false, or where force meets anything but an
/// earlier run's directory or an empty one.
void check_run_directory(const std::string& path, bool force);

/// Claims it, and creates it where it is not there. Throws ConfigError where another process has it, or WriteError.
RunClaim claim_run_directory(const std::string& path);

/// Checks once more, creates the directory and its parents and claims it; with force, removes an earlier run's own
/// files in it (and nothing else). Throws ConfigError, also where another process has it, or WriteError.
RunClaim create_run_directory(const std::string& path, bool force);

/// For a directory without config.json. Throws DataError, which for a sweep's directory says to name a run in it.
[[noreturn]] void throw_no_run(const std::string& directory);

/// The whole contents. Throws DataError.
std::string read_whole(const std::string& path);

}  // namespace bnrun
