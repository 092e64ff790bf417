// The files of one run: tables that grow row by row, and whole files that appear complete or not at all.
#pragma once

#include <string>

#include "io/run_claim.h"

namespace bnrun {

/// A file that grows; every append reaches the operating system before it returns.
class GrowingFile {
  public:
    GrowingFile() = default;
    explicit GrowingFile(const std::string& path);  ///< creates or truncates; throws WriteError
    ~GrowingFile();
    GrowingFile(GrowingFile&& other) noexcept;
    GrowingFile& operator=(GrowingFile&& other) noexcept;

    void append(const std::string& text);  ///< throws WriteError
    void close();                          ///< throws WriteError

  private:
    std::string path_;
    int descriptor_ = -1;
};

/// Writes beside the file, then renames over it: a reader sees the old contents or the new. Throws WriteError.
void write_whole(const std::string& path, const std::string& contents);

/// Throws ConfigError where something is at the path already and force is false, or where force meets anything but an
/// earlier run's directory or an empty one.
void check_run_directory(const std::string& path, bool force);

/// Checks once more, creates the directory and its parents and claims it; with force, removes an earlier run's own
/// files in it (and nothing else). Throws ConfigError, also where another process has it, or WriteError.
RunClaim create_run_directory(const std::string& path, bool force);

/// The whole contents. Throws DataError.
std::string read_whole(const std::string& path);

}  // namespace bnrun
