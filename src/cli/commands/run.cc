#include "experiment/run.h"

#include <memory>

#include "base/error.h"
#include "base/paths.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/shared_options.h"
#include "experiment/run_directory.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

struct RunLine {
    ConfigOptions config;
    std::optional<std::string> data;
    RunOptions options;
    bool dry_run = false;
};

void print_config(const Config& config, const RunOptions& options, Terminal& terminal) {
    try {
        check_run_directory(run_directory(config, options), options.force || options.resume);
    } catch (const ConfigError& error) {
        terminal.log(LogLevel::kWarning, error.what());
    }
    terminal.table(config_text(config));
}

ExitCode run(RunLine line, Terminal& terminal) {
    RunOptions& options = line.options;
    if (line.config.config.empty() && options.resume && options.out) {
        line.config.config = path_in(*options.out, kConfigFile);
    }
    options.data_moved = line.data.has_value();
    options.stop_requested = interrupt_requested;
    const Config config = read_reported(line.config, line.data, terminal);
    if (line.dry_run) {
        print_config(config, options, terminal);
        return ExitCode::kDone;
    }
    terminal.outlive_reader();
    interruptible([&] { run_experiment(config, options, terminal); });
    return ExitCode::kDone;
}

}  // namespace

Action add_run(CLI::App& app) {
    const auto line = std::make_shared<RunLine>();
    RunOptions& options = line->options;
    add_config_options(app, line->config);
    app.add_option("--out", options.out, "the run's directory; default: results/<name>")->type_name("DIR");
    add_work_options(app, line->data, options.threads);
    CLI::Option* const force = app.add_flag("--force", options.force, "replace an earlier run in the directory");
    app.add_flag("--resume", options.resume, "go on with an interrupted run; with --out alone, by its own config.json")
        ->excludes(force);
    app.add_flag("--dry-run", line->dry_run, "check the config and print it with every default, then stop");
    return [line](Terminal& terminal) { return run(*line, terminal); };
}

}  // namespace bnrun
