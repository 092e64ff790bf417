// The log lines: on stderr as they come, and in the run's run.log once there is a directory for it.
#pragma once

#include <memory>
#include <string>

#include "experiment/reporter.h"

namespace spdlog {
class logger;
}

namespace bnrun {

class RunLogSink;

class Log {
  public:
    enum class Where { kTerminalAndFile, kFileOnly };
    explicit Log(Where where = Where::kTerminalAndFile);

    /// One printable line, whatever `line` contains. Throws WriteError where an earlier line could not be kept in
    /// run.log.
    void write(LogLevel level, const std::string& line);

    /// Adds all lines so far to the directory's run.log. Throws WriteError.
    void keep_in(const std::string& directory);

  private:
    std::shared_ptr<RunLogSink> kept_;
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace bnrun
