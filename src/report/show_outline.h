// What is known of a run without its tables: its config and how far its summary says it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/config.h"
#include "files/summary.h"

namespace bnrun {

struct RunOutline {
    std::string directory;
    std::string name;
    std::string state;             ///< the summary's status, but `cut off` where nobody runs it; `unknown` without one
    std::optional<Config> config;  ///< none where it cannot be read as one of this version's
    std::string config_problem;    ///< why not
    StoredResult result;
    std::optional<std::int64_t> written;  ///< when the summary was, in seconds since 1970
};

/// Whether the directory is that of a run: it has a config.json.
bool is_run_directory(const std::string& directory);

/// Throws DataError where summary.json is there but none.
RunOutline read_outline_of(const std::string& directory);

bool is_running(const RunOutline& run);

/// `2026-11-29 14:05` in local time; empty where there is none.
std::string local_time(std::optional<std::int64_t> seconds);

/// `2026-11-29T13:05:00Z`
std::string universal_time(std::int64_t seconds);

}  // namespace bnrun
