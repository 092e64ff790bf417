#include "experiment/sweep_export.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/json_text.h"
#include "base/number_text.h"
#include "base/paths.h"
#include "experiment/stored_sweep.h"
#include "files/logged_table.h"
#include "files/output_file.h"
#include "files/run_files.h"
#include "files/sweep_summary.h"

namespace bnrun {
namespace {

/// As in epochs.csv, the last two where there is a validation set.
constexpr std::array<const char*, 6> kResults{"train_loss", "train_error",     "test_loss",
                                              "test_error", "validation_loss", "validation_error"};

struct EpochRow {
    std::size_t point = 0;
    std::optional<std::int64_t> epoch;
    std::array<std::optional<double>, kResults.size()> results{};
};

struct TidyTable {
    std::vector<EpochRow> rows;
    std::size_t results = kResults.size() - 2;  ///< columns of them
};

bool is_logged(const std::string& directory, PointState state) {
    return state != PointState::kMissing && !is_of_another(state) && path_exists(path_in(directory, kEpochsFile));
}

/// Of one point: a row without an epoch where it has none.
void add_point(const StoredSweep& sweep, std::size_t point, TidyTable& table, Reporter& reporter) {
    const std::string directory = path_in(sweep.directory, sweep.plan.points[point].name);
    const std::size_t before = table.rows.size();
    if (is_logged(directory, sweep.results[point].state)) {
        const LoggedTable logged = read_logged_table(path_in(directory, kEpochsFile));
        std::vector<std::string> warnings;
        warn_of_cut_off(logged, warnings);
        for (const std::string& warning : warnings) reporter.log(LogLevel::kWarning, warning);
        for (const LoggedRow& logged_row : logged.rows) {
            EpochRow& row = table.rows.emplace_back(EpochRow{point, logged_row.epoch, {}});
            for (std::size_t i = 0; i < logged.columns.size(); ++i) {
                const auto* const place = std::find(kResults.begin(), kResults.end(), logged.columns[i]);
                if (place != kResults.end())
                    row.results.at(static_cast<std::size_t>(place - kResults.begin())) = logged_row.values[i];
            }
            if (row.results.back()) table.results = kResults.size();
        }
    }
    if (table.rows.size() == before) table.rows.push_back({point, std::nullopt, {}});
}

TidyTable tidy_table(const StoredSweep& sweep, Reporter& reporter) {
    TidyTable table;
    for (std::size_t i = 0; i < sweep.plan.points.size(); ++i) add_point(sweep, i, table, reporter);
    return table;
}

std::string csv_of(const StoredSweep& sweep, const TidyTable& table) {
    std::string text = "run";
    for (const std::string& column : sweep.plan.columns) text += "," + summary_cell(column);
    text += ",status,epoch";
    for (std::size_t i = 0; i < table.results; ++i) text += std::string(",") + kResults.at(i);
    for (const EpochRow& row : table.rows) {
        const SweepPoint& point = sweep.plan.points[row.point];
        text += "\n" + summary_cell(point.name);
        for (const std::string& value : point.values) text += "," + summary_cell(value);
        text += "," + state_name(sweep.results[row.point].state) + ",";
        if (row.epoch) text += fmt::format("{}", *row.epoch);
        for (std::size_t i = 0; i < table.results; ++i) {
            text += "," + (row.results.at(i) ? shortest_text(*row.results.at(i)) : "");
        }
    }
    return text + "\n";
}

/// A number where the text is one.
OrderedJson value_json(const std::string& text) {
    OrderedJson json = parse_value(text, text);
    return json.is_number() || json.is_boolean() || json.is_null() ? json : OrderedJson(text);
}

std::string jsonl_rows(const StoredSweep& sweep, const TidyTable& table) {
    std::string text;
    for (const EpochRow& row : table.rows) {
        const SweepPoint& point = sweep.plan.points[row.point];
        OrderedJson json{{"run", point.name}};
        for (std::size_t i = 0; i < point.values.size(); ++i) {
            json[sweep.plan.columns[i]] = value_json(point.values[i]);
        }
        json["status"] = state_name(sweep.results[row.point].state);
        json["epoch"] = row.epoch ? OrderedJson(*row.epoch) : OrderedJson(nullptr);
        for (std::size_t i = 0; i < table.results; ++i) {
            const std::optional<double> value = row.results.at(i);
            json[kResults.at(i)] = value && std::isfinite(*value) ? OrderedJson(*value) : OrderedJson(nullptr);
        }
        text += json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
    }
    return text;
}

/// A run's events in a directory of its own, for each run that is there.
void export_events(const StoredSweep& sweep, const ExportOptions& options, Reporter& reporter) {
    if (!options.out) throw ConfigError("export --format tensorboard: say where to write with -o DIR");
    for (std::size_t i = 0; i < sweep.plan.points.size(); ++i) {
        const std::string& name = sweep.plan.points[i].name;
        if (!is_logged(path_in(sweep.directory, name), sweep.results[i].state)) continue;
        ExportOptions of_run = options;
        of_run.out = path_in(*options.out, name);
        export_run(path_in(sweep.directory, name), of_run, reporter);
    }
}

/// Throws before anything is read.
void check_target(const ExportOptions& options) {
    const std::vector<std::string> names = sweep_export_format_names();
    if (std::find(names.begin(), names.end(), options.format) == names.end()) {
        throw ConfigError(fmt::format("export --format {}: is for a run; of a sweep there are {}", options.format,
                                      fmt::join(names, ", ")));
    }
    if (!options.out || is_stdout(*options.out) || options.force || options.format == "tensorboard") return;
    if (output_kind(*options.out) != OutputKind::kFile) return;
    throw ConfigError(*options.out + ": is there already; give another -o, or --force to replace it");
}

}  // namespace

std::vector<std::string> sweep_export_format_names() { return {"csv", "jsonl", "tensorboard"}; }

void export_sweep(const std::string& directory, const ExportOptions& options, Reporter& reporter) {
    check_target(options);
    const StoredSweep sweep = read_stored_sweep(directory);
    if (options.format == "tensorboard") return export_events(sweep, options, reporter);
    const TidyTable table = tidy_table(sweep, reporter);
    const std::string text = options.format == "csv" ? csv_of(sweep, table) : jsonl_rows(sweep, table);
    if (!options.out || is_stdout(*options.out)) return reporter.table(text);
    write_output(*options.out, text);
    reporter.log(LogLevel::kInfo, fmt::format("wrote {} rows of {} points to {}", table.rows.size(),
                                              sweep.plan.points.size(), *options.out));
}

}  // namespace bnrun
