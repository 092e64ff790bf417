#include "cli/commands.h"

#include "cli/interrupt.h"
#include "experiment/check_gradients.h"
#include "experiment/evaluate_run.h"
#include "experiment/run.h"
#include "io/config_json.h"
#include "io/run_directory.h"

namespace bnrun {

std::vector<Override> parse_overrides(const std::vector<std::string>& assignments) {
    std::vector<Override> overrides;
    for (const std::string& assignment : assignments) {
        const auto equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw ConfigError("--set " + assignment + ": expected key=value, such as --set train.epochs=2");
        }
        overrides.emplace_back(assignment.substr(0, equals), assignment.substr(equals + 1));
    }
    return overrides;
}

namespace {

Config read_reported(const CommandLine& line, Terminal& terminal) {
    const ParsedConfig parsed = read_config(line.config, parse_overrides(line.set));
    for (const std::string& warning : parsed.warnings) terminal.log(LogLevel::kWarning, warning);
    return parsed.config;
}

}  // namespace

void run_command(const CommandLine& line, Terminal& terminal) {
    const Config config = read_reported(line, terminal);
    const RunOptions options{line.out, line.force, line.threads, interrupt_requested};
    if (line.dry_run) {
        try {
            check_run_directory(run_directory(config, options), line.force);
        } catch (const ConfigError& error) {
            terminal.log(LogLevel::kWarning, error.what());
        }
        terminal.table(config_text(config));
        return;
    }
    catch_interrupts();
    run_experiment(config, options, terminal);
}

void eval_command(const CommandLine& line, Terminal& terminal) { evaluate_run(line.run, line.threads, terminal); }

void gradcheck_command(const CommandLine& line, Terminal& terminal) {
    check_gradients(read_reported(line, terminal), line.threads, terminal);
}

void schema_command(const CommandLine& line, Terminal& terminal) {
    terminal.table(line.markdown ? reference_text() : schema_text());
}

}  // namespace bnrun
