// A run's CSV files, put together again into the records they were written from.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "files/logged_table.h"

namespace bnrun {

/// When a run took place.
struct RunTime {
    double begin = 0;    ///< in seconds since 1970
    double seconds = 0;  ///< that it trained
};

struct LoggedRun {
    std::vector<IterationRecord> iterations;  ///< the logged ones; all that is known of each
    std::vector<EpochRecord> epochs;          ///< without counts of samples
    LoggedTable layers;                       ///< layers.csv, or no columns and rows
    std::vector<std::string> warnings;        ///< of rows that were left out, a line each
    std::optional<RunTime> time{};            ///< none where whoever reads the tables does not know it
};

/// Takes only rows that every file of iterations has, as a run that goes on may be ahead in one of them. What
/// log.observe does not ask for is empty: neither of its two tables is there. Throws DataError where a file is missing
/// or no such table, where two disagree on what was logged, or where there are more than 2^53 iterations.
LoggedRun read_logged_run(const std::string& directory);

/// The contents of the named file of a run, or none where there is no such file.
using FileReader = std::function<std::optional<std::string>(const std::string& name)>;

/// The same of a run whose files are read by `file`; the directory names them in messages.
LoggedRun parse_logged_run(const std::string& directory, const FileReader& file);

/// Its place among all iterations of the run, from 1.
std::int64_t global_step(const IterationRecord& record);

}  // namespace bnrun
