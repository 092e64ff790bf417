#include "files/logged_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/paths.h"
#include "files/logged_table.h"
#include "files/run_files.h"
#include "files/table_lines.h"
#include "files/whole_file.h"

namespace bnrun {

namespace {

struct RunFiles {
    const std::string& directory;
    const FileReader& file;
};

/// Adds to the warnings where a row is left out.
LoggedTable read_kind(const RunFiles& from, const char* name, TableKind kind, std::vector<std::string>& warnings) {
    LoggedTable table = parse_logged_table(from.file(name), path_in(from.directory, name));
    warn_of_cut_off(table, warnings);
    if (table.kind == kind) return table;
    throw DataError(fmt::format("{}: not the table that its name says; run the config again", table.path));
}

/// How many iterations an epoch has, as the first line of gradients.txt says: `epoch:1 iteration:10/300`.
std::int64_t iterations_of_epoch(const RunFiles& from) {
    const std::string path = path_in(from.directory, kGradientsText);
    const std::string text = from.file(kGradientsText);
    Lines lines(text, path);
    std::int64_t count = 0;
    if (lines.next()) {
        std::string_view line = lines.line();
        take_field(line, '/');
        std::from_chars(line.data(), line.data() + line.size(), count);
    }
    if (count > 0) return count;
    throw DataError(path + ": expected a first line such as `epoch:1 iteration:10/300`; run the config again");
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
    const LoggedTable gradients = read_kind(from, kGradientsFile, TableKind::kGradients, warnings);
    const LoggedTable activations = read_kind(from, kActivationsFile, TableKind::kActivations, warnings);
    const LoggedTable scalars = read_kind(from, kIterationsFile, TableKind::kIterations, warnings);
    const std::size_t rows = std::min({gradients.rows.size(), activations.rows.size(), scalars.rows.size()});
    const std::int64_t iterations = rows == 0 ? 0 : iterations_of_epoch(from);
    std::vector<IterationRecord> records;
    for (std::size_t i = 0; i < rows; ++i) {
        check_same_place(gradients, activations, i);
        check_same_place(gradients, scalars, i);
        const LoggedRow& row = gradients.rows[i];
        check_steps(row.epoch, std::max(iterations, row.iteration), gradients.path);
        const std::vector<double>& ranges = activations.rows[i].values;
        records.push_back({row.epoch, row.iteration, iterations, scalars.rows[i].values[0], scalars.rows[i].values[1],
                           row.values, every_second(ranges, 0), every_second(ranges, 1)});
    }
    return records;
}

}  // namespace

LoggedRun read_logged_run(const std::string& directory) {
    if (!path_exists(path_in(directory, kConfigFile))) throw_no_run(directory);
    return parse_logged_run(directory, [&](const std::string& name) { return read_whole(path_in(directory, name)); });
}

LoggedRun parse_logged_run(const std::string& directory, const FileReader& file) {
    const RunFiles from{directory, file};
    LoggedRun run;
    run.iterations = read_iterations(from, run.warnings);
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
