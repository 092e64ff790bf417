// A run's CSV files, put together again into the records they were written from.
#pragma once

#include <string>
#include <vector>

#include "base/record.h"

namespace bnrun {

struct LoggedRun {
    std::vector<IterationRecord> iterations;  ///< the logged ones; all that is known of each
    std::vector<EpochRecord> epochs;          ///< without counts of samples
    std::vector<std::string> warnings;        ///< of rows that were left out, a line each
};

/// Takes only rows that every file of iterations has, as a run that goes on may be ahead in one of them. Throws
/// DataError where a file is missing or no such table, or where two disagree on what was logged.
LoggedRun read_logged_run(const std::string& directory);

/// Its place among all iterations of the run, from 1.
std::int64_t global_step(const IterationRecord& record);

}  // namespace bnrun
