// All that reaches the user: tables and bytes on stdout, the log and the progress line on stderr. Text is made
// printable, tables and progress here, log lines in Log::write; bytes go out as they are.
#pragma once

#include <chrono>
#include <string>

#include "base/error.h"
#include "cli/log.h"
#include "experiment/reporter.h"

namespace bnrun {

class Terminal : public Reporter {
  public:
    /// Makes a closed stdout or stderr an error to report, not a number that the next opened file gets, and a pipe
    /// that nobody reads one too.
    Terminal();

    void table(const std::string& text) override;
    void bytes(const std::string& contents) override;
    void log(LogLevel level, const std::string& line) override;
    void progress(const Progress& progress) override;
    void sweep_progress(const SweepProgress& progress) override;
    void run_directory_ready(const std::string& directory) override;

    /// From here on tables that nobody reads any more are left out. Before, the first of them throws
    /// Error(kClosedPipe): a command that does nothing but print has nothing left to do.
    void outlive_reader() { outlives_reader_ = true; }

    /// Logs an error and gives its exit code. A reader of stdout that has gone is none.
    int fail(ExitCode code, const std::string& line);

  private:
    /// False where nobody sees it, or the last one is too recent.
    bool is_progress_due();
    void show_progress(const std::string& line);
    void clear_progress();
    [[nodiscard]] std::string erasing_text() const;  ///< what takes the progress line off, and begins it again

    Log log_;
    bool prints_on_terminal_;
    bool shows_progress_;
    std::size_t progress_shown_ = 0;  ///< columns of the progress line
    bool outlives_reader_ = false;
    bool has_reader_ = true;
    std::chrono::steady_clock::time_point next_progress_{};
};

}  // namespace bnrun
