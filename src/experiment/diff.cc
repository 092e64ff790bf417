#include "experiment/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/stored_config.h"
#include "files/run_files.h"
#include "files/summary.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;
using RowPair = std::pair<const LoggedRow*, const LoggedRow*>;

std::pair<std::int64_t, std::int64_t> key(const LoggedRow* row) { return {row->epoch, row->iteration}; }

std::vector<const LoggedRow*> in_order(const LoggedTable& table) {
    std::vector<const LoggedRow*> rows;
    for (const LoggedRow& row : table.rows) rows.push_back(&row);
    std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return key(a) < key(b); });
    return rows;
}

void count_row(RowsOfOne& rows, const LoggedRow& row) {
    if (rows.count++ == 0) rows.first = {row.epoch, row.iteration};
}

/// The rows that both have, in order; the others are counted.
std::vector<RowPair> match_rows(const LoggedTable& table_a, const LoggedTable& table_b, TableDiff& diff) {
    const auto rows_a = in_order(table_a);
    const auto rows_b = in_order(table_b);
    std::vector<RowPair> pairs;
    auto a = rows_a.begin();
    auto b = rows_b.begin();
    while (a != rows_a.end() || b != rows_b.end()) {
        if (b == rows_b.end() || (a != rows_a.end() && key(*a) < key(*b))) {
            count_row(diff.only_a, **a++);
        } else if (a == rows_a.end() || key(*b) < key(*a)) {
            count_row(diff.only_b, **b++);
        } else {
            pairs.emplace_back(*a++, *b++);
        }
    }
    return pairs;
}

double relative_difference(double a, double b) {
    if (!std::isfinite(a) || !std::isfinite(b)) return std::numeric_limits<double>::infinity();
    return std::abs(a - b) / std::max(std::abs(a), std::abs(b));
}

bool precedes(const Place& a, const Place& b) {
    return std::tie(a.epoch, a.iteration) < std::tie(b.epoch, b.iteration);
}

/// Means of a column over the rows that both have: of norms, which are compared by their ratios, geometric ones over
/// rows where both are positive and finite; of other values arithmetic ones, over rows where both are finite.
class ColumnMeans {
  public:
    explicit ColumnMeans(TableKind kind) : geometric_(kind == TableKind::kGradients) {}

    void add(double a, double b) {
        if (!std::isfinite(a) || !std::isfinite(b)) return;
        if (a > 0 && b > 0) {
            log_a_ += std::log10(a);
            log_b_ += std::log10(b);
            log_ratio_ += std::log10(b) - std::log10(a);
            ++positive_;
        }
        a_ += a;
        b_ += b;
        ++finite_;
    }

    void store(ColumnDiff& column) const {
        if (positive_ > 0) column.mean_log_ratio = log_ratio_ / static_cast<double>(positive_);
        const std::size_t count = geometric_ ? positive_ : finite_;
        if (count == 0) return;
        const auto n = static_cast<double>(count);
        column.mean_a = geometric_ ? std::pow(10, log_a_ / n) : a_ / n;
        column.mean_b = geometric_ ? std::pow(10, log_b_ / n) : b_ / n;
    }

  private:
    bool geometric_;
    double a_ = 0;
    double b_ = 0;
    double log_a_ = 0;
    double log_b_ = 0;
    double log_ratio_ = 0;
    std::size_t finite_ = 0;
    std::size_t positive_ = 0;
};

/// Compares one column, which stands at different places in the two tables.
ColumnDiff diff_column(const std::vector<RowPair>& pairs, std::size_t at_a, std::size_t at_b, Tolerance tolerance,
                       TableDiff& diff, const std::string& name) {
    ColumnDiff column{name, FoundIn::kBoth, pairs.size(), 0, 0, {}, {}, {}, {}};
    ColumnMeans means(diff.kind);
    for (const auto& [row_a, row_b] : pairs) {
        const double a = row_a->values[at_a];
        const double b = row_b->values[at_b];
        means.add(a, b);
        if (tolerance.holds(a, b)) continue;
        const ValueDifference found{{row_a->epoch, row_a->iteration}, name, a, b, relative_difference(a, b)};
        if (column.different++ == 0 && (!diff.first || precedes(found.place, diff.first->place))) diff.first = found;
        if (found.relative <= column.largest_relative) continue;
        column.largest_relative = found.relative;
        column.largest_at = found.place;
    }
    means.store(column);
    return column;
}

using Positions = std::unordered_map<std::string, std::size_t>;

Positions positions(const LoggedTable& table) {
    Positions places;
    for (std::size_t i = 0; i < table.columns.size(); ++i) places.emplace(table.columns[i], i);
    return places;
}

bool is_directory(const std::string& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

bool has(const std::string& directory, const char* name) { return path_exists(fs::path(directory) / name); }

/// A run's file for a kind of table, in the layout that the other table has.
std::string file_like(const std::string& directory, const LoggedTable& other) {
    return fs::path(directory) / fmt::format("{}.{}", kind_name(other.kind), other.is_text ? "txt" : "csv");
}

void check_run(const std::string& directory) {
    if (has(directory, kConfigFile) || has(directory, kGradientsFile)) return;
    throw_no_run(directory);
}

bool is_wanted(TableKind kind, const DiffOptions& options) {
    const auto& only = options.only;
    return only.empty() || std::find(only.begin(), only.end(), kind_name(kind)) != only.end();
}

void add_tables(Diff& diff, const LoggedTable& a, const LoggedTable& b, const DiffOptions& options) {
    if (a.kind == b.kind && !is_wanted(a.kind, options)) return;
    diff.tables.push_back(diff_tables(a, b, options));
    warn_of_cut_off(a, diff.warnings);
    warn_of_cut_off(b, diff.warnings);
}

std::optional<RunResult> result_of(const std::string& directory) {
    if (!has(directory, kSummaryFile)) return std::nullopt;
    const StoredResult stored = read_summary(path_in(directory, kSummaryFile));
    return RunResult{stored.status, stored.test_error};
}

/// Norms of two kinds are compared as numbers, but hardly meant to be.
void warn_of_norms(Diff& diff) {
    for (const ConfigDifference& difference : diff.config) {
        if (difference.key != "log.norm") continue;
        diff.warnings.push_back(fmt::format("the runs log different norms, {} and {}, whose values do not compare",
                                            difference.a, difference.b));
    }
}

Diff diff_directories(const std::string& a, const std::string& b, const DiffOptions& options) {
    Diff diff;
    diff.result_a = result_of(a);
    diff.result_b = result_of(b);
    if (has(a, kConfigFile) && has(b, kConfigFile)) {
        diff.config = config_differences(stored_values(a), stored_values(b));
    }
    warn_of_norms(diff);
    const auto add = [&](const char* name) {
        add_tables(diff, read_logged_table(fs::path(a) / name), read_logged_table(fs::path(b) / name), options);
    };
    for (const RunFile& file : kRunFiles) {
        if (!file.shows || !is_wanted(*file.shows, options)) continue;
        const std::string text = fmt::format("{}.txt", kind_name(*file.shows));  // whose table is not all there
        if (has(a, file.name) || has(b, file.name) || has(a, text.c_str()) || has(b, text.c_str())) add(file.name);
    }
    return diff;
}

}  // namespace

TableDiff diff_tables(const LoggedTable& a, const LoggedTable& b, const DiffOptions& options) {
    if (a.kind != b.kind) {
        throw DataError(fmt::format("{} has {}, but {} has {}; expected two tables of one kind", a.path,
                                    kind_name(a.kind), b.path, kind_name(b.kind)));
    }
    TableDiff diff;
    diff.kind = a.kind;
    diff.a = a.path;
    diff.b = b.path;
    const std::vector<RowPair> pairs = match_rows(a, b, diff);
    diff.rows = pairs.size();
    diff.common_rows_only = options.rows == DiffRows::kCommon;
    const Positions in_a = positions(a);
    const Positions in_b = positions(b);
    for (std::size_t at_a = 0; at_a < a.columns.size(); ++at_a) {
        const std::string& name = a.columns[at_a];
        const auto at_b = in_b.find(name);
        diff.columns.push_back(
            at_b != in_b.end()
                ? diff_column(pairs, at_a, at_b->second, options.tolerances.of(kind_name(a.kind), name), diff, name)
                : ColumnDiff{name, FoundIn::kOnlyA, 0, 0, 0, {}, {}, {}, {}});
    }
    for (const std::string& name : b.columns) {
        if (!in_a.contains(name)) diff.columns.push_back({name, FoundIn::kOnlyB, 0, 0, 0, {}, {}, {}, {}});
    }
    return diff;
}

Diff diff_runs(const std::string& a, const std::string& b, const DiffOptions& options) {
    const bool run_a = is_directory(a);
    const bool run_b = is_directory(b);
    if (run_a) check_run(a);
    if (run_b) check_run(b);
    Diff diff;
    if (run_a && run_b) {
        diff = diff_directories(a, b, options);
    } else {
        LoggedTable file = read_logged_table(run_a ? b : a);
        LoggedTable other = read_logged_table(run_a ? file_like(a, file) : run_b ? file_like(b, file) : b);
        if (run_a) std::swap(file, other);
        add_tables(diff, file, other, options);
    }
    if (diff.tables.empty()) {
        throw ConfigError(fmt::format("--only {}: {} and {} have no such table", fmt::join(options.only, ","), a, b));
    }
    options.tolerances.check_all_used();
    return diff;
}

}  // namespace bnrun
