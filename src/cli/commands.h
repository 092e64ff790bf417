// What the commands do, once the command line is understood.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/outline.h"
#include "cli/terminal.h"
#include "settings/json.h"

namespace bnrun {

/// Options of `sweep` beside those that it shares with others.
struct SweepLine {
    std::string spec;
    std::vector<std::string> configs;
    std::vector<std::string> grid;
    std::vector<std::string> zip;
    std::optional<int> jobs;
    std::optional<int> threads;
    std::string only;
    bool fail_fast = false;
    bool collect = false;
    std::optional<int> task;
    std::optional<int> tasks;
};

/// Options of `report` beside those that it shares with others.
struct ReportLine {
    std::vector<std::string> runs;
    std::optional<std::string> svg;
    std::optional<std::string> iteration;
};

/// Options as given; those that a command does not have keep their defaults.
struct CommandLine {
    std::string config;
    std::vector<std::string> set;
    std::optional<std::string> data;
    std::optional<std::string> out;
    std::string run;
    std::string a;
    std::string b;
    double rtol = 0;
    double atol = 0;
    int threads = 1;
    bool force = false;
    bool resume = false;
    bool dry_run = false;
    bool markdown = false;
    std::int64_t iterations = 50;
    bool full = false;
    bool all = false;
    bool json = false;
    bool md = false;
    std::string shell;
    std::string format;
    SweepLine sweep;
    ReportLine report;
};

/// From `--set key=value` and `--data DIR`, which is the last word on where the data is. Throws ConfigError.
std::vector<Override> overrides_of(const CommandLine& line);

// Each throws Error where it cannot do its work.
void run_command(const CommandLine& line, Terminal& terminal);
void eval_command(const CommandLine& line, Terminal& terminal);
void gradcheck_command(const CommandLine& line, Terminal& terminal);
void sweep_command(const CommandLine& line, Terminal& terminal);
void schema_command(const CommandLine& line, Terminal& terminal);
void export_command(const CommandLine& line, Terminal& terminal);
void report_command(const CommandLine& line, Terminal& terminal);
void completion_command(const CommandLine& line, const Outline& outline, Terminal& terminal);
void man_command(const Outline& outline, Terminal& terminal);

// kDone or kDifferent; all that keeps diff from comparing ends with kUsage, as diff(1) has it.
ExitCode check_command(const CommandLine& line, Terminal& terminal);
ExitCode diff_command(const CommandLine& line, Terminal& terminal);

}  // namespace bnrun
