// What is known of a run without its tables: its config and how far its summary says it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/config.h"
#include "files/summary.h"

namespace bnrun {

/// How far a run is.
struct RunOutcome {
    std::string state;  ///< the summary's status, but `cut off` where nobody runs it; `unknown` without one
    StoredResult result;
    std::optional<std::int64_t> written;  ///< when the summary was, in seconds since 1970
};

struct RunOutline : RunOutcome {
    std::string directory;
    std::string name;
    std::optional<Config> config;  ///< none where it cannot be read as one of this version's
    std::string config_problem;    ///< why not
};

/// Whether the directory is that of a run: it has a config.json.
bool is_run_directory(const std::string& directory);

/// Throws DataError where summary.json is there but none.
RunOutcome read_outcome(const std::string& directory);

/// The same, with the config.
RunOutline read_outline_of(const std::string& directory);

bool is_running(const RunOutcome& run);

/// When the file was modified, in seconds since 1970; none where it is not there.
std::optional<std::int64_t> modified(const std::string& path);

/// `2026-11-29 14:05` in local time; empty where there is none.
std::string local_time(std::optional<std::int64_t> seconds);

/// `2026-11-29T13:05:00Z`
std::string universal_time(std::int64_t seconds);

}  // namespace bnrun
