// Compares what two runs logged, or a run and a table from elsewhere, such as the post's own.
#pragma once

#include <string>

#include "experiment/diff_json.h"

namespace bnrun {

/// Equal is |a-b| <= absolute + relative * max(|a|, |b|); NaN equals NaN, an infinity the same infinity.
struct Tolerance {
    double relative = 0;
    double absolute = 0;
};

/// Matches rows by epoch and iteration, and columns by name. Throws DataError where the kinds differ.
TableDiff diff_tables(const LoggedTable& a, const LoggedTable& b, Tolerance tolerance);

/// Each a run's directory or a file with a table. Two runs: their configs, gradients and activations, and losses and
/// errors, which either may lack both. A run and a file: the run's table of the file's kind, and of its layout, as a
/// text table has rounded numbers. Throws DataError.
Diff diff_runs(const std::string& a, const std::string& b, Tolerance tolerance);

}  // namespace bnrun
