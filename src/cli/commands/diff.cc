#include "experiment/diff.h"

#include <memory>
#include <optional>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/diff_text.h"
#include "experiment/sweep_diff.h"
#include "experiment/sweep_diff_text.h"

namespace bnrun {
namespace {

struct DiffLine {
    std::string a;
    std::string b;
    Tolerance tolerance{};
    bool all = false;
    bool json = false;
    bool markdown = false;
};

void check_tolerance(const Tolerance& tolerance) {
    if (tolerance.relative >= 0 && tolerance.absolute >= 0) return;
    throw ConfigError("--rtol, --atol: expected a number that is not negative");
}

/// All that keeps the two from being compared ends with kUsage, as in diff(1).
Diff compared(const DiffLine& line) {
    try {
        return diff_runs(line.a, line.b, line.tolerance);
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
}

/// None where neither is a sweep.
std::optional<SweepDiff> compared_sweeps(const DiffLine& line) {
    try {
        if (!is_sweep(line.a) && !is_sweep(line.b)) return std::nullopt;
        for (const std::string& path : {line.a, line.b}) {
            if (!is_sweep(path)) throw ConfigError(path + ": holds no sweep.json; give two sweeps, or two runs");
        }
        return diff_sweeps(read_stored_sweep(line.a), read_stored_sweep(line.b), line.tolerance);
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
}

ExitCode diff(const DiffLine& line, Terminal& terminal) {
    check_tolerance(line.tolerance);
    const DiffLayout layout = line.markdown ? DiffLayout::kMarkdown : DiffLayout::kPlain;
    if (const std::optional<SweepDiff> sweeps = compared_sweeps(line)) {
        terminal.table(line.json ? sweep_diff_json(*sweeps, line.all) : sweep_diff_text(*sweeps, layout, line.all));
        return sweeps->same() ? ExitCode::kDone : ExitCode::kDifferent;
    }
    const Diff diff = compared(line);
    for (const std::string& warning : diff.warnings) terminal.log(LogLevel::kWarning, warning);
    terminal.table(line.json ? diff_json(diff, line.all) : diff_text(diff, layout, line.all));
    return diff.same() ? ExitCode::kDone : ExitCode::kDifferent;
}

}  // namespace

Action add_diff(CLI::App& app) {
    const auto line = std::make_shared<DiffLine>();
    Tolerance& tolerance = line->tolerance;
    app.add_option("A", line->a,
                   "a run's directory, one of its CSV files, or a table in the post's layout; or a sweep's directory")
        ->required();
    app.add_option("B", line->b, "the same")->required();
    app.add_option("--rtol", tolerance.relative, "relative difference to ignore")
        ->type_name("X")
        ->capture_default_str();
    app.add_option("--atol", tolerance.absolute, "absolute difference to ignore")
        ->type_name("X")
        ->capture_default_str();
    app.add_flag("--all", line->all, "show what is the same, too");
    CLI::Option* const json = app.add_flag("--json", line->json, "print JSON");
    app.add_flag("--md", line->markdown, "print Markdown")->excludes(json);
    return [line](Terminal& terminal) { return diff(*line, terminal); };
}

}  // namespace bnrun
