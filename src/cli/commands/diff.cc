#include "experiment/diff.h"

#include <memory>
#include <optional>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/diff_junit.h"
#include "experiment/diff_text.h"
#include "experiment/sweep_diff.h"
#include "experiment/sweep_diff_text.h"
#include "files/output_file.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

struct DiffLine {
    std::string a;
    std::string b;
    std::vector<std::string> relative;
    std::vector<std::string> absolute;
    std::vector<std::string> only;
    std::string rows = "all";
    std::string junit;
    bool all = false;
    bool json = false;
    bool markdown = false;
};

std::vector<std::string> table_names() {
    std::vector<std::string> names;
    for (const RunFile& file : kRunFiles) {
        if (file.shows) names.emplace_back(kind_name(*file.shows));
    }
    return names;
}

DiffOptions options_of(const DiffLine& line) {
    DiffOptions options;
    options.tolerances.add("--rtol", &Tolerance::relative, line.relative);
    options.tolerances.add("--atol", &Tolerance::absolute, line.absolute);
    options.rows = line.rows == "common" ? DiffRows::kCommon : DiffRows::kAll;
    options.only = line.only;
    return options;
}

/// All that keeps the two from being compared ends with kUsage, as in diff(1).
Diff compared(const DiffLine& line, const DiffOptions& options) {
    try {
        return diff_runs(line.a, line.b, options);
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
}

/// Of a sweep's errors a tolerance is one number.
Tolerance tolerance_of_sweeps(const DiffLine& line, const DiffOptions& options) {
    if (options.rows != DiffRows::kAll || !options.only.empty() || !line.junit.empty()) {
        throw ConfigError("--rows, --only, --junit: are of the tables of two runs, not of sweeps");
    }
    const Tolerance tolerance = options.tolerances.of("", "");
    options.tolerances.check_all_used();
    return tolerance;
}

/// None where neither is a sweep.
std::optional<SweepDiff> compared_sweeps(const DiffLine& line, const DiffOptions& options) {
    try {
        if (!is_sweep(line.a) && !is_sweep(line.b)) return std::nullopt;
        for (const std::string& path : {line.a, line.b}) {
            if (!is_sweep(path)) throw ConfigError(path + ": holds no sweep.json; give two sweeps, or two runs");
        }
        return diff_sweeps(read_stored_sweep(line.a), read_stored_sweep(line.b), tolerance_of_sweeps(line, options));
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
}

ExitCode diff(const DiffLine& line, Terminal& terminal) {
    const DiffOptions options = options_of(line);
    const DiffLayout layout = line.markdown ? DiffLayout::kMarkdown : DiffLayout::kPlain;
    if (const std::optional<SweepDiff> sweeps = compared_sweeps(line, options)) {
        terminal.table(line.json ? sweep_diff_json(*sweeps, line.all) : sweep_diff_text(*sweeps, layout, line.all));
        return sweeps->same() ? ExitCode::kDone : ExitCode::kDifferent;
    }
    const Diff diff = compared(line, options);
    for (const std::string& warning : diff.warnings) terminal.log(LogLevel::kWarning, warning);
    terminal.table(line.json ? diff_json(diff, line.all) : diff_text(diff, layout, line.all));
    if (!line.junit.empty()) write_output(line.junit, diff_junit(diff));
    return diff.same() ? ExitCode::kDone : ExitCode::kDifferent;
}

}  // namespace

Action add_diff(CLI::App& app) {
    const auto line = std::make_shared<DiffLine>();
    app.add_option("A", line->a,
                   "a run's directory, one of its CSV files, or a table in the post's layout; or a sweep's directory")
        ->required();
    app.add_option("B", line->b, "the same")->required();
    add_list(app, "--rtol", line->relative,
             "relative difference to ignore, default 0; COLUMN=X: in that column, which may begin with its table and "
             "end in *; may be repeated")
        ->type_name("X|COLUMN=X");
    add_list(app, "--atol", line->absolute, "absolute difference to ignore, likewise")->type_name("X|COLUMN=X");
    app.add_option("--rows", line->rows, "rows that one of the two lacks: a difference (all), or not (common)")
        ->check(CLI::IsMember({"all", "common"}))
        ->capture_default_str();
    add_list(app, "--only", line->only, "only these tables of two runs, apart by commas; may be repeated")
        ->delimiter(',')
        ->check(CLI::IsMember(table_names()));
    app.add_option("--junit", line->junit, "also write JUnit XML, a test for each column")->type_name("FILE");
    app.add_flag("--all", line->all, "show what is the same, too");
    CLI::Option* const json = app.add_flag("--json", line->json, "print JSON");
    app.add_flag("--md", line->markdown, "print Markdown")->excludes(json);
    return [line](Terminal& terminal) { return diff(*line, terminal); };
}

}  // namespace bnrun
