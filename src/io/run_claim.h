// One process at a time works in a run's directory: who holds the claim may write there.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bnrun {

/// Creates the directory and its parents. Throws WriteError, also where nothing can be written into it.
void make_output_directory(const std::string& path);

/// The names of a run's own files, its directory's only ones unless a user added more.
const std::vector<std::string>& own_run_files();

/// A lock on the directory's run.log. It ends with this object, or with the process however that ends.
class RunClaim {
  public:
    /// Creates the directory and its parents; nothing in it is changed. None where another process, or another claim
    /// of this one, has it. Throws WriteError.
    static std::optional<RunClaim> take(const std::string& directory);

    ~RunClaim();
    RunClaim(RunClaim&& other) noexcept;
    RunClaim& operator=(RunClaim&& other) = delete;

    [[nodiscard]] const std::string& directory() const { return directory_; }

    /// Removes an earlier run's own files, and nothing else; of run.log, which holds the claim, the contents.
    /// Throws WriteError.
    void clear() const;

    /// Removes a run's own files, and the directory where nothing else is in it. Never fails.
    void discard() const noexcept;

  private:
    RunClaim(std::string directory, int descriptor) : directory_(std::move(directory)), descriptor_(descriptor) {}

    std::string directory_;
    int descriptor_;
};

}  // namespace bnrun
