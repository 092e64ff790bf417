#include "report/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <set>
#include <unordered_map>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/stored_config.h"
#include "files/run_files.h"
#include "files/summary.h"
#include "report/groups.h"
#include "report/selection.h"
#include "report/sweep_series.h"
#include "settings/diff.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

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
    run.settings = stored_values(directory);
    run.status = "unknown";
    if (path_exists(path_in(directory, kSummaryFile))) {
        const StoredResult stored = read_summary(path_in(directory, kSummaryFile));
        run.status = stored.status;
        run.train_error = stored.train_error;
        run.test_error = stored.test_error;
        run.validation_error = stored.validation_error;
    }
    run.label = input.label.empty() ? run.setting("name") : input.label;
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

void tell_apart(std::vector<ReportRun>& runs) {
    std::unordered_map<std::string, std::size_t> having;
    for (const ReportRun& run : runs) ++having[run.label];
    for (ReportRun& run : runs) {
        if (having[run.label] > 1) run.label = run.directory;
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

/// Of runs that differ in their seed only, the first.
void keep_first(ReportData& data) {
    data.notes.push_back(
        fmt::format("Of {} runs of one setting, the first {} are drawn.", data.runs.size(), kMostRuns));
    data.runs.resize(kMostRuns);
    group_runs(data);
}

void keep_one_of_each(ReportData& data) {
    if (data.differing.empty()) return keep_first(data);
    std::vector<ReportRun> kept;
    for (const ReportGroup& group : data.groups) kept.push_back(data.runs[group.runs.front()]);
    if (kept.size() > kMostRuns) {
        throw ConfigError(fmt::format("report: {} runs of {} settings; at most {} can be shown; name fewer of them",
                                      data.runs.size(), kept.size(), kMostRuns));
    }
    data.notes.push_back(
        fmt::format("Of {} runs, one of each setting is drawn, the first of its seeds.", data.runs.size()));
    data.runs = std::move(kept);
    group_runs(data);
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
    if (data.runs.size() > kMostRuns) keep_one_of_each(data);
    for (ReportRun& run : data.runs) read_tables(run, data.notes);
    return data;
}

}  // namespace bnrun
