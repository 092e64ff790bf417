// What can go wrong, and the exit code that each kind of failure ends the program with.
#pragma once

#include <stdexcept>
#include <string>

#include "base/exit_codes.h"
#include "base/printable.h"

namespace bnrun {

/// A failure to report in one line: what is wrong, where, what was expected, what to do.
class Error : public std::runtime_error {
  public:
    Error(ExitCode code, const std::string& line) : std::runtime_error(printable(line)), code_(code) {}
    [[nodiscard]] ExitCode code() const { return code_; }

  private:
    ExitCode code_;
};

/// Bad usage or a bad config: exit code 2.
struct ConfigError : Error {
    explicit ConfigError(const std::string& line) : Error(ExitCode::kUsage, line) {}
};

/// Bad or missing data, or an unfit file of initial values: exit code 3.
struct DataError : Error {
    explicit DataError(const std::string& line) : Error(ExitCode::kData, line) {}
};

/// Something could not be written: exit code 5.
struct WriteError : Error {
    explicit WriteError(const std::string& line) : Error(ExitCode::kWrite, line) {}
};

/// What to say of an exception, in one line, and the exit code to end with.
struct Failure {
    ExitCode code = ExitCode::kInternal;
    std::string line;
};

/// Of the exception being handled: an Error speaks for itself, one of the file system names path and reason; any other
/// is a fault of the program, or memory ran out.
/// To be called from within a catch.
Failure current_failure() noexcept;

}  // namespace bnrun
