// A run's tables in the formats that other programs read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiment/reporter.h"

namespace bnrun {

struct ExportOptions {
    std::string format;  ///< one of export_format_names()
    /// A file, - for the reporter; for tensorboard a directory; none: text goes to the reporter.
    std::optional<std::string> out;
    bool force = false;  ///< replace what is there
};

std::vector<std::string> export_format_names();

/// Throws ConfigError where there is no place to write to, or something is there already and force is false; DataError
/// where the directory has no tables; WriteError.
void export_run(const std::string& directory, const ExportOptions& options, Reporter& reporter);

}  // namespace bnrun
