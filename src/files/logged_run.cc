#include "files/logged_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/paths.h"
#include "files/logged_table.h"
#include "files/run_files.h"
#include "files/table.h"
#include "files/table_lines.h"
#include "files/whole_file.h"

namespace bnrun {

namespace {

struct RunFiles {
    const std::string& directory;
    const FileReader& file;
};

LoggedTable parse_kind(const RunFiles& from, const char* name, const std::optional<std::string>& text, TableKind kind,
                       std::vector<std::string>& warnings) {
    const std::string path = path_in(from.directory, name);
    if (!text) throw DataError(path + ": no such file; run the config again");
    LoggedTable table = parse_logged_table(*text, path);
    warn_of_cut_off(table, warnings);
    if (table.kind == kind) return table;
    throw DataError(fmt::format("{}: not the table that its name says; run the config again", table.path));
}

/// Adds to the warnings where a row is left out.
LoggedTable read_kind(const RunFiles& from, const char* name, TableKind kind, std::vector<std::string>& warnings) {
    return parse_kind(from, name, from.file(name), kind, warnings);
}

/// None where the run does not log it: both of its files are not there.
std::optional<LoggedTable> read_either(const RunFiles& from, const char* name, const char* twin, TableKind kind,
                                       std::vector<std::string>& warnings) {
    const auto text = from.file(name);
    if (!text && !from.file(twin)) return std::nullopt;
    return parse_kind(from, name, text, kind, warnings);
}

/// How many iterations an epoch has; 0 where the run has no text table, which says so in its first line.
std::int64_t read_iterations_of_epoch(const RunFiles& from) {
    const char* name = kGradientsText;
    std::optional<std::string> text = from.file(name);
    if (!text) text = from.file(name = kActivationsText);
    if (!text) return 0;
    const std::int64_t count = iterations_of_epoch(*text);
    if (count > 0) return count;
    throw DataError(path_in(from.directory, name) +
                    ": expected a first line such as `epoch:1 iteration:10/300`; run the config again");
}

void check_same_place(const LoggedTable& a, const LoggedTable& b, std::size_t row) {
    const LoggedRow& first = a.rows[row];
    const LoggedRow& second = b.rows[row];
    if (first.epoch == second.epoch && first.iteration == second.iteration) return;
    throw DataError(fmt::format("{}: row {} is epoch {} iteration {}, but {} has epoch {} iteration {} there", a.path,
                                row + 1, first.epoch, first.iteration, b.path, second.epoch, second.iteration));
}

std::vector<double> every_second(const std::vector<double>& values, std::size_t first) {
    std::vector<double> picked;
    for (std::size_t i = first; i < values.size(); i += 2) picked.push_back(values[i]);
    return picked;
}

/// Throws unless all iterations up to the end of the epoch can be counted.
void check_steps(std::int64_t epoch, std::int64_t iterations, const std::string& path) {
    std::int64_t steps = 0;
    if (!__builtin_mul_overflow(epoch, iterations, &steps) && steps <= kMostSteps) return;
    throw DataError(fmt::format("{}: epoch {} of {} iterations each; expected at most 2^53 iterations in all", path,
                                epoch, iterations));
}

std::vector<IterationRecord> read_iterations(const RunFiles& from, std::vector<std::string>& warnings) {
    const auto gradients = read_either(from, kGradientsFile, kGradientsText, TableKind::kGradients, warnings);
    const auto activations = read_either(from, kActivationsFile, kActivationsText, TableKind::kActivations, warnings);
    const LoggedTable scalars = read_kind(from, kIterationsFile, TableKind::kIterations, warnings);
    std::size_t rows = scalars.rows.size();
    for (const auto& table : {&gradients, &activations}) rows = std::min(rows, *table ? (*table)->rows.size() : rows);
    std::int64_t iterations = rows == 0 ? 0 : read_iterations_of_epoch(from);
    for (std::size_t i = 0; i < rows; ++i) iterations = std::max(iterations, scalars.rows[i].iteration);
    std::vector<IterationRecord> records;
    for (std::size_t i = 0; i < rows; ++i) {
        const LoggedRow& row = scalars.rows[i];
        check_steps(row.epoch, iterations, scalars.path);
        records.push_back({row.epoch, row.iteration, iterations, row.values[0], row.values[1], {}, {}, {}});
        if (gradients) {
            check_same_place(*gradients, scalars, i);
            records.back().gradient_norms = gradients->rows[i].values;
        }
        if (activations) {
            check_same_place(*activations, scalars, i);
            records.back().activation_min = every_second(activations->rows[i].values, 0);
            records.back().activation_max = every_second(activations->rows[i].values, 1);
        }
    }
    return records;
}

}  // namespace

LoggedRun read_logged_run(const std::string& directory) {
    if (!path_exists(path_in(directory, kConfigFile))) throw_no_run(directory);
    return parse_logged_run(directory, [&](const std::string& name) -> std::optional<std::string> {
        const std::string path = path_in(directory, name);
        if (!path_exists(path)) return std::nullopt;
        return read_whole(path);
    });
}

LoggedRun parse_logged_run(const std::string& directory, const FileReader& file) {
    const RunFiles from{directory, file};
    LoggedRun run;
    run.iterations = read_iterations(from, run.warnings);
    if (const auto text = from.file(kLayersFile)) {
        run.layers = parse_kind(from, kLayersFile, text, TableKind::kLayers, run.warnings);
    }
    const LoggedTable epochs = read_kind(from, kEpochsFile, TableKind::kEpochs, run.warnings);
    for (const LoggedRow& row : epochs.rows) {
        if (!run.iterations.empty()) check_steps(row.epoch, run.iterations.front().iterations, epochs.path);
        const std::vector<double>& values = row.values;
        run.epochs.push_back({row.epoch, values[0], values[1], values[2], values[3]});
        if (values.size() > 5) run.epochs.back().validation = {values[4], values[5]};
    }
    return run;
}

std::int64_t global_step(const IterationRecord& record) {
    return (record.epoch - 1) * record.iterations + record.iteration;
}

}  // namespace bnrun
