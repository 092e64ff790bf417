#include "experiment/sweep.h"

#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/paths.h"
#include "base/processors.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/log.h"
#include "cli/shared_options.h"
#include "files/run_files.h"
#include "settings/sweep_values.h"

namespace bnrun {
namespace {

/// A run of a sweep speaks in its own run.log only: its tables are in its files, its end in the sweep's log.
class RunLogReporter : public Reporter {
  public:
    void table(const std::string&) override {}
    void log(LogLevel level, const std::string& line) override { log_.write(level, line); }
    void progress(const Progress&) override {}
    void run_directory_ready(const std::string& directory) override { log_.keep_in(directory); }

  private:
    Log log_{Log::Where::kFileOnly};
};

struct SweepLine {
    std::string spec;
    SweepFlags flags;
    std::vector<std::string> set;
    std::optional<std::string> data;
    bool dry_run = false;
    bool collect = false;
    SweepOptions options;
};

void check_options(const SweepLine& line) {
    const SweepOptions& options = line.options;
    const SweepFlags& flags = line.flags;
    const bool varies = !(flags.grid.empty() && flags.zip.empty() && flags.random.empty() && flags.labels.empty());
    if (!line.spec.empty() && (varies || !flags.configs.empty())) {
        throw ConfigError(line.spec +
                          ": a spec has its own base, grid, zip and random; leave out --config, --grid, "
                          "--zip, --random and --labels");
    }
    if (options.task.has_value() != options.tasks.has_value()) {
        throw ConfigError("--task K and --tasks N belong together; give both");
    }
    if (options.task && (*options.task < 1 || *options.task > *options.tasks)) {
        throw ConfigError("--task " + std::to_string(*options.task) + ": expected a number from 1 to --tasks " +
                          std::to_string(*options.tasks));
    }
    const bool runs_something = options.task || line.dry_run || options.force || options.fail_fast ||
                                options.only != Only::kAll || options.retry_diverged || options.jobs || options.threads;
    if (line.collect && runs_something) {
        throw ConfigError("--collect runs nothing; of the other options it takes only those that name the sweep");
    }
}

bool is_directory(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
}

/// Of the file, or of the sweep that left its sweep.json in the directory.
SweepSpec spec_at(const std::string& path) {
    if (!is_directory(path)) return read_sweep_spec(path);
    const std::string file = path_in(path, kSweepFile);
    if (path_exists(file)) return read_sweep_spec(file);
    throw ConfigError(path +
                      ": holds no sweep.json; give the sweep's spec, or its options and this directory as --out");
}

SweepPlan plan_of(const SweepLine& line, Terminal& terminal) {
    const SweepSpec spec = line.spec.empty() ? sweep_from_flags(line.flags) : spec_at(line.spec);
    SweepPlan plan = plan_sweep(spec, overrides_of(line.set, line.data));
    for (const std::string& warning : plan.warnings) terminal.log(LogLevel::kWarning, warning);
    return plan;
}

ExitCode sweep(const SweepLine& line, Terminal& terminal) {
    check_options(line);
    const SweepPlan plan = plan_of(line, terminal);
    SweepOptions options = line.options;
    if (!options.out && is_directory(line.spec)) options.out = line.spec;
    if (line.dry_run) {
        list_sweep(plan, options, terminal);
    } else if (line.collect) {
        collect_sweep(plan, options, terminal);
    } else {
        terminal.outlive_reader();
        interruptible([&] { run_sweep(plan, options, terminal); });
    }
    return ExitCode::kDone;
}

void add_axes(CLI::App& app, SweepLine& line) {
    app.add_option("SPEC", line.spec,
                   "a JSON file with name, base, set, grid, zip and random, instead of the options that vary; or the "
                   "directory of a sweep that was started before");
    add_list(app, "--config", line.flags.configs, "a config to start from; can be given many times")->type_name("FILE");
    add_list(app, "--grid", line.flags.grid,
             "vary a key: 1,2,5 or from:to or from:to:step or log:low:high:count; can be given many times")
        ->type_name("KEY=VALUES");
    add_list(app, "--zip", line.flags.zip, "vary a key in step with the other --zip keys")->type_name("KEY=VALUES");
    add_list(app, "--random", line.flags.random,
             "draw a key at random: low:high or log:low:high, or values to draw from; can be given many times")
        ->type_name("KEY=RANGE");
    app.add_option("--draws", line.flags.draws, "settings to draw of the --random keys")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, static_cast<std::int64_t>(kMostPoints)));
    app.add_option("--draw-seed", line.flags.draw_seed, "of the draws; default: 1")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber);
    add_list(app, "--labels", line.flags.labels, "what the values of a --grid or --zip key are called; one for each")
        ->type_name("KEY=LABELS");
    add_list(app, "--set", line.set, "override one key of every run; can be given many times")->type_name("KEY=VALUE");
    add_data_option(app, line.data, "the configs' data.dir");
    app.add_option("--out", line.options.out, "the sweep's directory; default: results/<name>")->type_name("DIR");
}

void add_shares(CLI::App& app, SweepOptions& options) {
    app.add_option("--jobs", options.jobs, "runs at a time; default: usable processors (affinity, control groups)")
        ->type_name("N")
        ->check(CLI::Range(1, kMostThreads));
    app.add_option("--threads", options.threads, "threads of each run; default: usable processors / jobs")
        ->type_name("N")
        ->check(CLI::Range(1, kMostThreads));
    app.add_option_function<std::string>(
           "--only",
           [&options](const std::string& only) { options.only = only == "failed" ? Only::kFailed : Only::kMissing; },
           "of the runs that have no result, only the failed or only the others")
        ->check(CLI::IsMember({"failed", "missing"}));
    app.add_option_function<std::string>(
           "--retry", [&options](const std::string&) { options.retry_diverged = true; },
           "run again what diverged, too, which else counts as a result")
        ->check(CLI::IsMember({"diverged"}));
}

}  // namespace

Action add_sweep(CLI::App& app) {
    const auto line = std::make_shared<SweepLine>();
    SweepOptions& options = line->options;
    options.stop_requested = interrupt_requested;
    options.make_reporter = [] { return std::make_unique<RunLogReporter>(); };
    add_axes(app, *line);
    add_shares(app, options);
    app.add_flag("--force", options.force,
                 "replace finished runs of other configs in the directory, and another sweep's sweep.json");
    app.add_flag("--fail-fast", options.fail_fast, "stop at the first failure");
    app.add_flag("--dry-run", line->dry_run, "check every point and list them, then stop");
    app.add_flag("--collect", line->collect, "only write summary.csv and the table, from what is there");
    app.add_option("--task", options.task, "run one share of the sweep, from 1; writes no summary")->type_name("K");
    app.add_option("--tasks", options.tasks, "shares the sweep is split into")->type_name("N");
    return [line](Terminal& terminal) { return sweep(*line, terminal); };
}

}  // namespace bnrun
