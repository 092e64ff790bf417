#include "report/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <filesystem>
#include <set>
#include <unordered_map>

#include "base/error.h"
#include "base/paths.h"
#include "chart/thinning.h"
#include "experiment/stored_config.h"
#include "files/run_files.h"
#include "files/summary.h"
#include "report/groups.h"
#include "report/selection.h"
#include "report/styles.h"
#include "report/sweep_series.h"
#include "settings/diff.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRows = 240000;  ///< to keep of all runs
constexpr std::size_t kFewestRowsOfRun = 300;
constexpr std::size_t kMostLayerRows = 1000;  ///< of one run
constexpr std::array<const char*, 9> kDrawnQuantities{"output_q1",  "output_q15",   "output_q85",
                                                      "output_q99", "input_q15",    "input_q50",
                                                      "input_q85",  "update_ratio", "saturated"};

bool is_run(const fs::path& directory) { return path_exists(directory / kConfigFile); }

/// `seed=2` before `seed=10`.
struct InNumericOrder {
    bool operator()(const std::string& a, const std::string& b) const { return ::strverscmp(a.c_str(), b.c_str()) < 0; }
};

/// The names of the runs in a directory. A note for each that may be one, but may not be looked into.
std::set<std::string, InNumericOrder> run_names(const std::string& directory, std::vector<std::string>& notes) {
    std::set<std::string, InNumericOrder> names;
    std::error_code error;
    for (const std::string& name : names_in(directory, error)) {
        try {
            if (is_run(fs::path(directory) / name)) names.insert(name);
        } catch (const DataError& unknown) {
            notes.push_back(fmt::format("Left out: {}.", unknown.what()));
        }
    }
    if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory) {
        throw DataError(directory + ": cannot be read: " + error.message() + "; check its rights");
    }
    return names;
}

/// The runs in a directory: in the order of a sweep's summary where there is one, else by name.
std::vector<std::string> runs_within(const std::string& directory, const std::optional<SweepSummary>& sweep,
                                     std::vector<std::string>& notes) {
    std::set<std::string, InNumericOrder> names = run_names(directory, notes);
    std::vector<std::string> runs;
    const auto take = [&](const std::string& name) { runs.push_back((fs::path(directory) / name).string()); };
    if (sweep) {
        for (const SweepRow& row : sweep->rows) {
            if (names.erase(row.run) > 0) take(row.run);
        }
    }
    for (const std::string& name : names) take(name);
    return runs;
}

std::optional<SweepSummary> summary_in(const std::string& directory) {
    const std::string path = (fs::path(directory) / kSweepSummaryFile).string();
    if (!path_exists(path)) return std::nullopt;
    return read_sweep_summary(path);
}

void add_notes(const std::vector<std::string>& warnings, std::vector<std::string>& notes) {
    for (const std::string& warning : warnings) notes.push_back(warning + ".");
}

/// @param summary_will_do whether a sweep's summary is enough, without any of its runs
void add_input(const std::string& text, bool summary_will_do, ReportData& data, std::vector<ReportInput>& found) {
    const ReportInput input = report_input(text);
    if (is_run(input.path)) {
        found.push_back(input);
        return;
    }
    const std::optional<SweepSummary> sweep = summary_in(input.path);
    if (sweep) add_notes(sweep->warnings, data.notes);
    const std::vector<std::string> runs = runs_within(input.path, sweep, data.notes);
    if (runs.empty() && !(sweep && summary_will_do)) {
        throw DataError(input.path +
                        ": not a run directory: it has no config.json, nor has a directory in it; give one that bnrun "
                        "--config or bnrun sweep made");
    }
    if (!input.label.empty()) {
        throw ConfigError(fmt::format("{}: a label names one run, but {} is a directory of runs", text, input.path));
    }
    if (sweep && sweep->rows.size() > runs.size()) {
        data.notes.push_back(fmt::format("{} of the sweep's {} points have no run directory yet.",
                                         sweep->rows.size() - runs.size(), sweep->rows.size()));
    }
    for (const std::string& run : runs) found.push_back({"", run});
    data.sweep = sweep;
}

/// Config and result; the tables are read later.
ReportRun read_outline(const ReportInput& input) {
    const std::string& directory = input.path;
    ReportRun run;
    run.directory = directory;
    StoredSettings stored_config = stored_settings(directory);
    run.settings = std::move(stored_config.all);
    run.changed = std::move(stored_config.changed);
    run.status = "unknown";
    if (path_exists(path_in(directory, kSummaryFile))) {
        const StoredResult stored = read_summary(path_in(directory, kSummaryFile));
        run.status = stored.status;
        run.train_error = stored.train_error;
        run.test_error = stored.test_error;
        run.validation_error = stored.validation_error;
        run.seconds = stored.seconds;
    }
    run.has_own_label = !input.label.empty();
    run.label = run.has_own_label ? input.label : run.setting("name");
    if (run.label.empty()) run.label = directory;
    return run;
}

/// A run that failed before its first iteration has no tables, and one that was killed then may have some of them.
void read_tables(ReportRun& run, std::vector<std::string>& notes) {
    if (run.status == "done") {
        run.logged = read_logged_run(run.directory);
    } else if (path_exists(path_in(run.directory, kGradientsFile))) {
        try {
            run.logged = read_logged_run(run.directory);
        } catch (const DataError& error) {
            notes.push_back(fmt::format("{} is not done and has no tables to show yet: {}", run.label, error.what()));
        }
    }
    add_notes(run.logged.warnings, notes);
}

/// Leaves every second row, or every fourth and so on, and the last one. So runs of one sweep keep rows of the same
/// iterations, wherever each ended, and their means are those of many seeds.
void thin(ReportRun& run, std::size_t most) {
    std::vector<IterationRecord>& rows = run.logged.iterations;
    run.rows = rows.size();
    const std::size_t stride = std::bit_ceil(stride_for(rows.size(), most));
    if (stride == 1) return;
    std::vector<IterationRecord> kept;
    for (const std::size_t i : every(stride, rows.size())) kept.push_back(std::move(rows[i]));
    rows = std::move(kept);
}

/// What figures draw of layers.csv.
bool is_drawn(const std::string& column) {
    return std::any_of(kDrawnQuantities.begin(), kDrawnQuantities.end(),
                       [&](const char* quantity) { return column.starts_with(std::string(quantity) + "/"); });
}

/// Leaves those columns, and rows as of the other tables, but fewer.
void thin_layers(LoggedTable& table, std::size_t most) {
    std::vector<std::size_t> drawn;
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!is_drawn(table.columns[i])) continue;
        drawn.push_back(i);
        columns.push_back(table.columns[i]);
    }
    const std::size_t stride = std::bit_ceil(stride_for(table.rows.size(), most));
    std::vector<LoggedRow> kept;
    for (const std::size_t r : every(stride, table.rows.size())) {
        LoggedRow& row = kept.emplace_back(LoggedRow{table.rows[r].epoch, table.rows[r].iteration, {}});
        for (const std::size_t i : drawn) row.values.push_back(table.rows[r].values[i]);
    }
    table.columns = std::move(columns);
    table.rows = std::move(kept);
}

/// Labels of their own stay: runs that share one are seeds of one setting.
void tell_apart(std::vector<ReportRun>& runs) {
    std::unordered_map<std::string, std::size_t> having;
    for (const ReportRun& run : runs) ++having[run.label];
    for (ReportRun& run : runs) {
        if (having[run.label] > 1 && !run.has_own_label) run.label = run.directory;
    }
}

void choose_y(ReportData& data, const std::string& y) {
    if (!data.sweep) throw ConfigError("--y: is of a sweep's picture; name one sweep with a summary.csv");
    const std::vector<std::string> columns = measures_of(*data.sweep);
    if (std::find(columns.begin(), columns.end(), y) == columns.end()) {
        throw ConfigError(fmt::format("--y {}: no such column of numbers in the sweep's summary.csv; expected {}", y,
                                      fmt::join(columns, ", ")));
    }
    data.y = y;
}

}  // namespace

ReportData read_report(const std::vector<std::string>& inputs, const ReportChoice& choice) {
    ReportData data;
    std::vector<ReportInput> found;
    for (const std::string& input : inputs) add_input(input, choice.summary_will_do, data, found);
    if (inputs.size() != 1) data.sweep.reset();
    std::set<std::string> seen;
    std::error_code ignored;
    for (const ReportInput& input : found) {
        if (seen.insert(fs::canonical(input.path, ignored).string()).second) data.runs.push_back(read_outline(input));
    }
    select_runs(data, choice.where);
    if (choice.y) choose_y(data, *choice.y);
    tell_apart(data.runs);
    group_runs(data);
    style_groups(data);
    for (ReportRun& run : data.runs) {
        read_tables(run, data.notes);
        const std::size_t most = std::max(kFewestRowsOfRun, kMostRows / data.runs.size());
        thin(run, most);
        thin_layers(run.logged.layers, std::min(most, kMostLayerRows));
    }
    return data;
}

}  // namespace bnrun
