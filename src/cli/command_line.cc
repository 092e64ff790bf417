#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "base/nearest.h"
#include "base/processors.h"
#include "cli/commands.h"
#include "cli/man_page.h"
#include "experiment/version.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

constexpr int kMostDefaultThreads = 8;
constexpr std::size_t kLikelyTypo = 3;

void add_config_options(CLI::App& app, CommandLine& line) {
    app.add_option("--config", line.config, "the run's config: a path, or a name in configs/")->type_name("FILE");
    app.add_option("--set", line.set, "override one key; can be given many times")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
}

void add_work_options(CLI::App& app, CommandLine& line) {
    app.add_option("--data", line.data, "where the data is, in place of the config's data.dir")->type_name("DIR");
    app.add_option("--threads", line.threads,
                   "threads; default: usable processors (affinity, control groups), at most 8; no result depends on it")
        ->type_name("N")
        ->check(CLI::Range(1, kMostThreads))
        ->capture_default_str();
}

void add_run_options(CLI::App& app, CommandLine& line) {
    app.set_version_flag("--version", version_line(), "print version, commit, compiler and instruction set");
    app.set_help_flag("-h,--help", "print this help");
    add_config_options(app, line);
    app.add_option("--out", line.out, "the run's directory; default: results/<name>")->type_name("DIR");
    add_work_options(app, line);
    CLI::Option* const force = app.add_flag("--force", line.force, "replace an earlier run in the directory");
    app.add_flag("--resume", line.resume, "go on with an interrupted run; with --out alone, by its own config.json")
        ->excludes(force);
    app.add_flag("--dry-run", line.dry_run, "check the config and print it with every default, then stop");
}

void add_diff_command(CLI::App& app, CommandLine& line) {
    CLI::App* const diff = app.add_subcommand(
        "diff", "compare what two runs logged; exit code 0: same, 1: different, 2: could not be compared");
    diff->add_option("A", line.a, "a run's directory, one of its CSV files, or a table in the post's layout")
        ->required();
    diff->add_option("B", line.b, "the same")->required();
    diff->add_option("--rtol", line.rtol, "relative difference to ignore")->type_name("X")->capture_default_str();
    diff->add_option("--atol", line.atol, "absolute difference to ignore")->type_name("X")->capture_default_str();
    diff->add_flag("--all", line.all, "show what is the same, too");
    CLI::Option* const json = diff->add_flag("--json", line.json, "print JSON");
    diff->add_flag("--md", line.md, "print Markdown")->excludes(json);
}

void add_export(CLI::App& app, CommandLine& line) {
    CLI::App* const command = app.add_subcommand("export", "write a run's tables in a format of other programs");
    command->add_option("RUN", line.run, "the run's directory")->required();
    command->add_option("--format", line.format, "the format")
        ->required()
        ->check(CLI::IsMember({"jsonl", "npz", "tensorboard"}));
    command
        ->add_option("-o,--out", line.out,
                     "the file, - for stdout; for tensorboard the directory; default for jsonl: stdout")
        ->type_name("PATH");
    command->add_flag("--force", line.force, "replace what is there");
}

void add_report(CLI::App& app, CommandLine& line) {
    CLI::App* const command =
        app.add_subcommand("report", "draw runs: one HTML page that opens without a network, and figures as SVG files");
    command->add_option("RUN", line.report.runs, "run directories, or directories with runs in them, such as a sweep's")
        ->required();
    command->add_option("-o,--out", line.out, "the page; - for stdout")->type_name("FILE");
    command->add_option("--svg", line.report.svg, "a directory for the figures, an SVG file each")->type_name("DIR");
    command
        ->add_option(
            "--iteration", line.report.iteration,
            "iteration of the figures by layer: epoch:iteration, or last for the last that all runs have; default: "
            "1:10, as the post's tables begin")
        ->type_name("E:I");
    command->add_flag("--force", line.force, "replace files that no report wrote");
}

void add_check(CLI::App& app, CommandLine& line) {
    CLI::App* const check = app.add_subcommand(
        "check", "do a finished run's first iterations again and compare its tables; exit code 0: same, 1: different");
    check->add_option("RUN", line.run, "the run's directory")->required();
    CLI::Option* const full = check->add_flag("--full", line.full, "do all of it again, and compare the model, too");
    check->add_option("--iterations", line.iterations, "how many to do again")
        ->type_name("N")
        ->check(CLI::PositiveNumber)
        ->capture_default_str()
        ->excludes(full);
    add_work_options(*check, line);
}

CLI::Option* add_list(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help) {
    return app.add_option(name, values, help)->allow_extra_args(false);
}

void add_sweep_axes(CLI::App& app, CommandLine& line) {
    SweepLine& sweep = line.sweep;
    app.add_option("SPEC", sweep.spec, "a JSON file with name, base, grid and zip, instead of the next three options");
    add_list(app, "--config", sweep.configs, "a config to start from; can be given many times")->type_name("FILE");
    add_list(app, "--grid", sweep.grid,
             "vary a key: 1,2,5 or from:to or from:to:step or log:low:high:count; can be given many times")
        ->type_name("KEY=VALUES");
    add_list(app, "--zip", sweep.zip, "vary a key in step with the other --zip keys")->type_name("KEY=VALUES");
    add_list(app, "--set", line.set, "override one key of every run; can be given many times")->type_name("KEY=VALUE");
    app.add_option("--data", line.data, "where the data is, in place of the configs' data.dir")->type_name("DIR");
    app.add_option("--out", line.out, "the sweep's directory; default: results/<name>")->type_name("DIR");
}

void add_sweep_options(CLI::App& app, CommandLine& line) {
    SweepLine& sweep = line.sweep;
    add_sweep_axes(app, line);
    app.add_option("--jobs", sweep.jobs, "runs at a time; default: usable processors (affinity, control groups)")
        ->type_name("N")
        ->check(CLI::Range(1, kMostThreads));
    app.add_option("--threads", sweep.threads, "threads of each run; default: usable processors / jobs")
        ->type_name("N")
        ->check(CLI::Range(1, kMostThreads));
    app.add_option("--only", sweep.only, "of the runs that are not done, only the failed or only the missing ones")
        ->check(CLI::IsMember({"failed", "missing"}));
    app.add_flag("--force", line.force, "replace finished runs of other configs in the directory");
    app.add_flag("--fail-fast", sweep.fail_fast, "stop at the first failure");
    app.add_flag("--dry-run", line.dry_run, "check every point and list them, then stop");
    app.add_flag("--collect", sweep.collect, "only write summary.csv and the table, from what is there");
    app.add_option("--task", sweep.task, "run one share of the sweep, from 1; writes no summary")->type_name("K");
    app.add_option("--tasks", sweep.tasks, "shares the sweep is split into")->type_name("N");
}

void add_commands(CLI::App& app, CommandLine& line) {
    CLI::App* const eval = app.add_subcommand("eval", "test a finished run's model again");
    eval->add_option("RUN", line.run, "the run's directory")->required();
    add_work_options(*eval, line);
    add_check(app, line);
    CLI::App* const gradcheck = app.add_subcommand("gradcheck", "back-propagation against central differences");
    add_config_options(*gradcheck, line);
    add_work_options(*gradcheck, line);
    add_diff_command(app, line);
    add_sweep_options(*app.add_subcommand("sweep", "many runs that differ in what --grid and --zip vary"), line);
    CLI::App* const schema = app.add_subcommand("schema", "print the config's JSON Schema");
    schema->add_flag("--markdown", line.markdown, "print the reference page instead");
    add_export(app, line);
    add_report(app, line);
    CLI::App* const completion = app.add_subcommand("completion", "print a script that completes bnrun's command line");
    completion->add_option("SHELL", line.shell, "the shell that reads it")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    app.add_subcommand("man", "print the manual page (roff)");
}

/// Text that is empty is a shell variable that was not set, and a path never.
void refuse_empty_values(CLI::App& app) {
    const auto refuse = [](const std::string& value) {
        return value.empty() ? std::string("an empty value; expected some") : std::string();
    };
    for (CLI::Option* option : app.get_options()) {
        if (option->get_items_expected_max() > 0) option->check(CLI::Validator(refuse, ""));
    }
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) refuse_empty_values(*command);
}

/// `bnrun sweep --help` where that command was understood.
std::string help_line(const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return "see bnrun " + (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help";
}

/// The option or command that was probably meant by the first argument not understood.
std::string suggestion(const CLI::App& app) {
    const std::vector<std::string> unknown = app.remaining(true);
    if (unknown.empty()) return "";
    const auto chosen = app.get_subcommands();
    const CLI::App& active = chosen.empty() ? app : *chosen.front();
    std::vector<std::string> names;
    for (const CLI::Option* option : active.get_options()) names.push_back(option->get_name());
    for (const CLI::App* command : active.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    const std::string given = unknown.front().substr(0, unknown.front().find('='));
    const std::string likely = nearest(given, names);
    return edit_distance(given, likely) <= kLikelyTypo ? "; did you mean " + likely + "?" : "";
}

bool any_option_given(const CLI::App& app) {
    const auto options = app.get_options();
    return std::any_of(options.begin(), options.end(), [](const CLI::Option* option) { return option->count() > 0; });
}

/// Every command but check and diff, whose answer is an exit code.
void answer(const std::string& command, const CLI::App& app, CommandLine line, Terminal& terminal) {
    if (command == "eval") return eval_command(line, terminal);
    if (command == "schema") return schema_command(line, terminal);
    if (command == "sweep") return sweep_command(line, terminal);
    if (command == "export") return export_command(line, terminal);
    if (command == "report") return report_command(line, terminal);
    if (command == "completion") return completion_command(line, outline_of(app), terminal);
    if (command == "man") return man_command(outline_of(app), terminal);
    if (line.config.empty() && line.resume && line.out) line.config = path_in(*line.out, kConfigFile);
    if (line.config.empty()) throw ConfigError("--config FILE is missing; see bnrun --help");
    if (command == "gradcheck") return gradcheck_command(line, terminal);
    run_command(line, terminal);
}

ExitCode dispatch(const CLI::App& app, const CommandLine& line, Terminal& terminal) {
    const auto chosen = app.get_subcommands();
    const std::string command = chosen.empty() ? "" : chosen.front()->get_name();
    if (!command.empty() && any_option_given(app)) {
        throw ConfigError("options of " + command + " come after its name; see bnrun " + command + " --help");
    }
    if (command == "diff") return diff_command(line, terminal);
    if (command == "check") return check_command(line, terminal);
    answer(command, app, line, terminal);
    return ExitCode::kDone;
}

}  // namespace

int run_command_line(int argc, const char* const* argv, Terminal& terminal) {
    CommandLine line;
    line.threads = std::min(usable_processors(), kMostDefaultThreads);
    CLI::App app("Shows what batch normalization does to every layer's gradient of a deep sigmoid network.", "bnrun");
    app.require_subcommand(0, 1);
    add_run_options(app, line);
    add_commands(app, line);
    app.footer(exit_codes_help());
    refuse_empty_values(app);
    if (argc < 2) {
        std::fputs(app.help().c_str(), stderr);
        return static_cast<int>(ExitCode::kUsage);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        terminal.table(app.help());
        return 0;
    } catch (const CLI::CallForVersion&) {
        terminal.table(version_line() + "\n");
        return 0;
    } catch (const CLI::ParseError& error) {
        throw ConfigError(error.what() + suggestion(app) + "; " + help_line(app));
    }
    return static_cast<int>(dispatch(app, line, terminal));
}

}  // namespace bnrun
