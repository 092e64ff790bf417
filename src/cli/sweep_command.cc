// bnrun sweep: from its options to a plan, and to what is done with it.
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "experiment/sweep.h"

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

void check_options(const CommandLine& line) {
    const SweepLine& sweep = line.sweep;
    if (!sweep.spec.empty() && !(sweep.configs.empty() && sweep.grid.empty() && sweep.zip.empty())) {
        throw ConfigError(sweep.spec + ": a spec has its own base, grid and zip; leave out --config, --grid and --zip");
    }
    if (sweep.task.has_value() != sweep.tasks.has_value()) {
        throw ConfigError("--task K and --tasks N belong together; give both");
    }
    if (sweep.task && (*sweep.task < 1 || *sweep.task > *sweep.tasks)) {
        throw ConfigError("--task " + std::to_string(*sweep.task) + ": expected a number from 1 to --tasks " +
                          std::to_string(*sweep.tasks));
    }
    const bool runs_something = sweep.task || line.dry_run || line.force || sweep.fail_fast || !sweep.only.empty() ||
                                sweep.jobs || sweep.threads;
    if (sweep.collect && runs_something) {
        throw ConfigError("--collect runs nothing; of the other options it takes only those that name the sweep");
    }
}

SweepOptions sweep_options(const CommandLine& line) {
    const SweepLine& sweep = line.sweep;
    SweepOptions options;
    options.out = line.out;
    options.jobs = sweep.jobs;
    options.threads = sweep.threads;
    if (!sweep.only.empty()) options.only = sweep.only == "failed" ? Only::kFailed : Only::kMissing;
    options.force = line.force;
    options.fail_fast = sweep.fail_fast;
    options.task = sweep.task;
    options.tasks = sweep.tasks.value_or(1);
    options.stop_requested = interrupt_requested;
    options.make_reporter = [] { return std::make_unique<RunLogReporter>(); };
    return options;
}

}  // namespace

void sweep_command(const CommandLine& line, Terminal& terminal) {
    check_options(line);
    const SweepLine& sweep = line.sweep;
    const SweepSpec spec =
        sweep.spec.empty() ? sweep_from_flags(sweep.configs, sweep.grid, sweep.zip) : read_sweep_spec(sweep.spec);
    const SweepPlan plan = plan_sweep(spec, overrides_of(line));
    for (const std::string& warning : plan.warnings) terminal.log(LogLevel::kWarning, warning);
    const SweepOptions options = sweep_options(line);
    if (line.dry_run) return list_sweep(plan, options, terminal);
    if (sweep.collect) return collect_sweep(plan, options, terminal);
    terminal.outlive_reader();
    interruptible([&] { run_sweep(plan, options, terminal); });
}

}  // namespace bnrun
