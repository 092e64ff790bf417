#include "cli/commands.h"

#include "base/printable.h"
#include "cli/completion.h"
#include "cli/interrupt.h"
#include "cli/man_page.h"
#include "experiment/check_gradients.h"
#include "experiment/check_run.h"
#include "experiment/diff.h"
#include "experiment/diff_text.h"
#include "experiment/evaluate_run.h"
#include "experiment/export_run.h"
#include "experiment/run.h"
#include "experiment/run_directory.h"
#include "report/report.h"
#include "settings/json.h"
#include "settings/schema.h"

namespace bnrun {

std::vector<Override> overrides_of(const CommandLine& line) {
    std::vector<Override> overrides;
    for (const std::string& assignment : line.set) {
        const auto equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw ConfigError(first_characters("--set " + assignment, kMostOfGiven) +
                              ": expected key=value, such as --set train.epochs=2");
        }
        overrides.push_back({assignment.substr(0, equals), assignment.substr(equals + 1)});
    }
    const std::vector<Override> data = data_override(line.data);
    overrides.insert(overrides.end(), data.begin(), data.end());
    return overrides;
}

namespace {

Config read_reported(const CommandLine& line, Terminal& terminal) {
    const ParsedConfig parsed = read_config(line.config, overrides_of(line));
    for (const std::string& warning : parsed.warnings) terminal.log(LogLevel::kWarning, warning);
    return parsed.config;
}

}  // namespace

void run_command(const CommandLine& line, Terminal& terminal) {
    const Config config = read_reported(line, terminal);
    const RunOptions options{line.out,    line.force,           line.threads, interrupt_requested,
                             line.resume, line.data.has_value()};
    if (line.dry_run) {
        try {
            check_run_directory(run_directory(config, options), line.force || line.resume);
        } catch (const ConfigError& error) {
            terminal.log(LogLevel::kWarning, error.what());
        }
        terminal.table(config_text(config));
        return;
    }
    terminal.outlive_reader();
    interruptible([&] { run_experiment(config, options, terminal); });
}

void eval_command(const CommandLine& line, Terminal& terminal) {
    evaluate_run(line.run, {line.data, line.threads}, terminal);
}

void gradcheck_command(const CommandLine& line, Terminal& terminal) {
    check_gradients(read_reported(line, terminal), line.threads, terminal);
}

ExitCode check_command(const CommandLine& line, Terminal& terminal) {
    const bool same = check_run(line.run, {line.iterations, line.full, line.threads, line.data}, terminal);
    return same ? ExitCode::kDone : ExitCode::kDifferent;
}

ExitCode diff_command(const CommandLine& line, Terminal& terminal) {
    if (!(line.rtol >= 0 && line.atol >= 0))
        throw ConfigError("--rtol, --atol: expected a number that is not negative");
    Diff diff;
    try {
        diff = diff_runs(line.a, line.b, {line.rtol, line.atol});
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
    for (const std::string& warning : diff.warnings) terminal.log(LogLevel::kWarning, warning);
    const DiffLayout layout = line.md ? DiffLayout::kMarkdown : DiffLayout::kPlain;
    terminal.table(line.json ? diff_json(diff, line.all) : diff_text(diff, layout, line.all));
    return diff.same() ? ExitCode::kDone : ExitCode::kDifferent;
}

void schema_command(const CommandLine& line, Terminal& terminal) {
    terminal.table(line.markdown ? reference_text() : schema_text());
}

void export_command(const CommandLine& line, Terminal& terminal) {
    export_run(line.run, {line.format, line.out, line.force}, terminal);
}

void report_command(const CommandLine& line, Terminal& terminal) {
    write_report(line.report.runs, {line.out, line.report.svg, line.report.iteration, line.force}, terminal);
}

void completion_command(const CommandLine& line, const Outline& outline, Terminal& terminal) {
    if (line.shell == "bash") return terminal.table(bash_completion(outline));
    if (line.shell == "zsh") return terminal.table(zsh_completion(outline));
    terminal.table(fish_completion(outline));
}

void man_command(const Outline& outline, Terminal& terminal) { terminal.table(man_page(outline)); }

}  // namespace bnrun
