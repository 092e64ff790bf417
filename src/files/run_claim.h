// One process at a time works in a run's directory: who holds the claim may write there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/iteration_set.h"
#include "base/paths.h"
#include "files/file.h"

namespace bnrun {

/// Creates the directory and its parents. Throws WriteError, also where nothing can be written into it.
void make_output_directory(const std::string& path);

/// Whether a killed process left something half-written there, or another one is writing now.
bool has_leftovers(const std::string& directory);

/// Whether a process works in the directory now, as far as this machine can tell.
bool is_claimed(const std::string& directory);

/// A lock on the directory's .lock, which nobody edits. It ends with this object, or with the process however that
/// ends; the file stays.
class RunClaim {
  public:
    /// Creates the directory and its parents; nothing else in it is changed. None where another process, or another
    /// claim of this one, has it. Throws WriteError.
    static std::optional<RunClaim> take(const std::string& directory);

    [[nodiscard]] const std::string& directory() const { return directory_; }
    [[nodiscard]] std::string path_of(std::string_view name) const { return path_in(directory_, name); }

    /// False where the directory or its .lock was moved away, removed or replaced: another process may have it now.
    [[nodiscard]] bool is_held() const;

    /// Throws WriteError where it is not held. The rest of these look first, and change nothing then.
    void check() const;

    /// As write_whole, write_passing and write_keeping, of files in the directory.
    void write(std::string_view name, const std::string& contents) const;
    void write_passing(std::string_view name, const std::string& contents) const;
    void write_keeping(std::string_view name, std::string_view previous, const std::string& contents) const;

    /// A model of log.snapshots, as `write` does.
    void write_snapshot(IterationPlace at, const std::string& contents) const;

    /// Removes an earlier run's own files, and nothing else. Its summary.json stays: by then it has to be another's
    /// already, which says that what is left is nobody's. Throws WriteError.
    void clear() const;

    /// Removes what a killed process left half-written. Throws WriteError.
    void remove_leftovers() const;

    /// Removes a run's own files, and the directory where nothing else is in it. Never fails.
    void discard() const noexcept;

  private:
    RunClaim(std::string directory, OpenFile lock);
    void remove_all(const std::vector<std::string>& names) const;  ///< but the lock

    std::string directory_;
    OpenFile lock_;
    FileId id_;
};

}  // namespace bnrun
