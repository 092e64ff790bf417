// A sweep as one tidy file: a row for each point and epoch, with what varies as columns.
#pragma once

#include <string>
#include <vector>

#include "experiment/export_run.h"
#include "experiment/reporter.h"

namespace bnrun {

/// `csv`, `jsonl` and `tensorboard`.
std::vector<std::string> sweep_export_format_names();

/// csv: `run`, the keys that vary, `status`, `epoch`, losses and errors as in epochs.csv; a row for each point and
/// epoch, and one with an empty epoch for a point that has none. jsonl: the same rows, each an object, values as JSON.
/// tensorboard: a directory of events for each run in the directory that is named.
/// Throws ConfigError: no such format of a sweep, no place to write to, or something is there and force is false;
/// DataError; WriteError.
void export_sweep(const std::string& directory, const ExportOptions& options, Reporter& reporter);

}  // namespace bnrun
