#include "report/show_run.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "base/error.h"
#include "base/input_file.h"
#include "base/paths.h"
#include "files/run_files.h"
#include "files/table.h"
#include "files/table_rows.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostOfFirstLine = 100;

struct WantedRow {
    std::int64_t epoch = INT64_MAX;
    std::int64_t iteration = INT64_MAX;
};

std::optional<std::int64_t> positive_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
    return number;
}

/// @param iterations in an epoch; 0 where not known
WantedRow wanted_row(const std::string& text, std::int64_t iterations) {
    if (text == "last") return {};
    const std::size_t colon = text.find(':');
    const auto first = positive_number(std::string_view(text).substr(0, colon));
    const auto second = colon == std::string::npos ? first : positive_number(std::string_view(text).substr(colon + 1));
    if (!first || !second) {
        throw ConfigError(
            fmt::format("--iteration {}: expected epoch:iteration, such as 1:300, a number of iterations "
                        "from the run's begin, or last",
                        text));
    }
    if (colon != std::string::npos) return {*first, *second};
    if (iterations == 0) return {1, *first};
    return {(*first - 1) / iterations + 1, (*first - 1) % iterations + 1};
}

/// None where the run has no such file (yet).
std::optional<TableRows> rows_of(const std::string& directory, const char* name) {
    const std::string path = path_in(directory, name);
    if (!path_exists(path)) return std::nullopt;
    return std::optional<TableRows>(std::in_place, path);
}

void check_kind(const LoggedTable& table, TableKind kind) {
    if (table.kind != kind) throw DataError(table.path + ": not the table that its name says; run the config again");
}

std::vector<double> column_of(const LoggedTable& table, std::size_t column) {
    std::vector<double> values;
    for (const LoggedRow& row : table.rows) values.push_back(row.values.at(column));
    return values;
}

/// The row that is wanted, or the last one for `last`.
LoggedRow found_row(const TableRows& rows, const WantedRow& wanted, const std::string& text) {
    const LoggedTable table = rows.up_to(wanted.epoch, wanted.iteration);
    check_kind(table, TableKind::kGradients);
    const bool is_any = wanted.epoch == INT64_MAX;
    if (!table.rows.empty()) {
        const LoggedRow& row = table.rows.front();
        if (is_any || (row.epoch == wanted.epoch && row.iteration == wanted.iteration)) return row;
    }
    if (is_any) return {};
    throw ConfigError(fmt::format("--iteration {}: no such row in {}; {}", text, table.path,
                                  table.rows.empty() ? "none is before it"
                                                     : fmt::format("the last one before it is {}:{}",
                                                                   table.rows[0].epoch, table.rows[0].iteration)));
}

void read_norms(ShownRun& run, const std::optional<std::string>& iteration) {
    const std::string& directory = run.outline.directory;
    const std::optional<TableRows> rows = rows_of(directory, kGradientsFile);
    if (!rows) return;
    run.iterations = iterations_of_epoch(start_of_file(path_in(directory, kGradientsText), kMostOfFirstLine));
    const std::string text = iteration.value_or("last");
    LoggedRow row = found_row(*rows, wanted_row(text, run.iterations), text);
    run.epoch = row.epoch;
    run.iteration = row.iteration;
    run.norms = std::move(row.values);
    const LoggedTable samples = rows->spread(kMostSamples);
    for (std::size_t layer = 0; layer < run.norms.size(); ++layer) run.history.push_back(column_of(samples, layer));
}

/// A run that goes on may not have written the row here yet.
void read_ranges(ShownRun& run) {
    const std::optional<TableRows> rows = rows_of(run.outline.directory, kActivationsFile);
    if (!rows || run.norms.empty()) return;
    const LoggedTable table = rows->up_to(run.epoch, run.iteration);
    check_kind(table, TableKind::kActivations);
    if (table.rows.empty() || table.rows[0].epoch != run.epoch || table.rows[0].iteration != run.iteration) return;
    const std::vector<double>& values = table.rows[0].values;
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
        run.low.push_back(values[i]);
        run.high.push_back(values[i + 1]);
    }
}

std::vector<double> read_column(const ShownRun& run, const char* name, TableKind kind, std::size_t column) {
    const std::optional<TableRows> rows = rows_of(run.outline.directory, name);
    if (!rows) return {};
    const LoggedTable table = rows->spread(kMostSamples);
    check_kind(table, kind);
    return column_of(table, column);
}

}  // namespace

ShownRun read_shown_run(const std::string& directory, const std::optional<std::string>& iteration) {
    if (!is_run_directory(directory)) throw_no_run(directory);
    ShownRun run;
    run.outline = read_outline_of(directory);
    read_norms(run, iteration);
    read_ranges(run);
    run.losses = read_column(run, kIterationsFile, TableKind::kIterations, 0);
    run.test_errors = read_column(run, kEpochsFile, TableKind::kEpochs, 3);
    const bool is_any = run.epoch == 0;
    run.layers = read_shown_layers(directory, is_any ? INT64_MAX : run.epoch, is_any ? INT64_MAX : run.iteration);
    if (run.norms.empty()) run.notes.emplace_back("No iteration has been logged.");
    return run;
}

}  // namespace bnrun
