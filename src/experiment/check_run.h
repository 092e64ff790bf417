// Verifies a finished run: does it all, or its first iterations, again, and compares byte for byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "experiment/reporter.h"

namespace bnrun {

struct CheckOptions {
    std::int64_t iterations = 50;  ///< to repeat at least, and one row of a table
    bool full = false;             ///< repeat all of them, and compare the model
    int threads = 1;
    std::optional<std::string> data;  ///< where the data is now; none: where the run had it
};

/// Trains as the run's config.json says, writes nothing, and reports that all is the same or what differs first. True
/// where it is the same. Throws DataError: no finished run there, or its data is missing.
bool check_run(const std::string& directory, const CheckOptions& options, Reporter& reporter);

}  // namespace bnrun
