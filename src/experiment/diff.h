// Compares what two runs logged, or a run and a table from elsewhere, such as the post's own.
#pragma once

#include <string>
#include <vector>

#include "experiment/diff_json.h"
#include "experiment/diff_tolerance.h"

namespace bnrun {

enum class DiffRows {
    kAll,     ///< a row of one table alone is a difference
    kCommon,  ///< such rows are counted, and are none
};

struct DiffOptions {
    Tolerances tolerances{};
    DiffRows rows = DiffRows::kAll;
    std::vector<std::string> only{};  ///< names of the tables to compare, as kind_name has them; none: all
};

/// Matches rows by epoch and iteration, and columns by name. Throws DataError where the kinds differ.
TableDiff diff_tables(const LoggedTable& a, const LoggedTable& b, const DiffOptions& options);

/// Each a run's directory or a file with a table. Two runs: their results, configs, gradients and activations, and
/// losses and errors, which either may lack both. A run and a file: the run's table of the file's kind, and of its
/// layout, as a text table has rounded numbers. Throws DataError. Throws ConfigError where `only` leaves no table, or
/// where a tolerance is of a column that is not there.
Diff diff_runs(const std::string& a, const std::string& b, const DiffOptions& options);

}  // namespace bnrun
