// What `bnrun diff` found, and its form as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/logged_table.h"
#include "settings/diff.h"

namespace bnrun {

struct Place {
    std::int64_t epoch = 0;
    std::int64_t iteration = 0;
};

struct ValueDifference {
    Place place;
    std::string column;
    double a = 0;
    double b = 0;
    double relative = 0;  ///< |a-b| / max(|a|, |b|); infinite where one of the two is not finite
};

enum class FoundIn { kBoth, kOnlyA, kOnlyB };

struct ColumnDiff {
    std::string column;
    FoundIn found_in = FoundIn::kBoth;
    std::size_t rows = 0;  ///< compared
    std::size_t different = 0;
    double largest_relative = 0;           ///< of those that differ
    Place largest_at;                      ///< the first such
    std::optional<double> mean_log_ratio;  ///< log10(b/a), over rows where both are positive and finite
    std::optional<double> mean_a;          ///< over the rows that both have: of norms geometric, else arithmetic
    std::optional<double> mean_b;
    [[nodiscard]] std::optional<double> ratio() const;  ///< mean_b / mean_a; none where that is not finite
    [[nodiscard]] bool same() const { return found_in == FoundIn::kBoth && different == 0; }
};

struct RowsOfOne {
    std::size_t count = 0;
    Place first;
};

struct TableDiff {
    TableKind kind = TableKind::kGradients;
    std::string a;  ///< the files
    std::string b;
    std::size_t rows = 0;                  ///< that both have
    std::optional<ValueDifference> first;  ///< by epoch, iteration and column
    std::vector<ColumnDiff> columns;
    RowsOfOne only_a;
    RowsOfOne only_b;
    bool common_rows_only = false;  ///< rows of one alone are no difference
    [[nodiscard]] bool same() const;
};

/// Of a run, as its summary has it.
struct RunResult {
    std::string status;
    std::optional<double> test_error;
};

struct Diff {
    std::optional<RunResult> result_a;  ///< of two runs' directories
    std::optional<RunResult> result_b;
    std::vector<ConfigDifference> config;
    std::vector<TableDiff> tables;
    std::vector<std::string> warnings;  ///< of rows that were left out, a line each
    [[nodiscard]] bool same() const;    ///< the tables, that is
};

/// The stem of the file in kRunFiles that shows it: `gradients`.
std::string_view kind_name(TableKind kind);

/// One object, ending in a newline; null for what is not finite or not there.
/// @param all with the columns that are the same.
std::string diff_json(const Diff& diff, bool all);

}  // namespace bnrun
