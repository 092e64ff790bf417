// Where a running experiment speaks to its user: the experiment knows what to say, the command line how.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace bnrun {

enum class LogLevel { kInfo, kWarning, kError };

struct Progress {
    std::int64_t epoch = 0;
    std::int64_t epochs = 0;
    std::int64_t iteration = 0;
    std::int64_t iterations = 0;
    double loss = 0;
    double fraction = 0;  ///< of all samples to be trained
    double samples_per_second = 0;
    double seconds_left = 0;
};

struct SweepProgress {
    std::size_t done = 0;
    std::size_t running = 0;
    std::size_t diverged = 0;
    std::size_t failed = 0;
    std::size_t left = 0;  ///< not started yet
    double seconds_left = 0;
};

class Reporter {
  public:
    virtual ~Reporter() = default;
    virtual void table(const std::string& text) = 0;                      ///< a result, whole lines; throws WriteError
    virtual void bytes(const std::string& contents) { table(contents); }  ///< a result that is no text
    virtual void log(LogLevel level, const std::string& line) = 0;
    virtual void progress(const Progress& progress) = 0;  ///< may come thousands of times a second
    virtual void sweep_progress(const SweepProgress&) {}
    virtual void run_directory_ready(const std::string& directory) = 0;  ///< from here on a log can be kept in it
};

}  // namespace bnrun
