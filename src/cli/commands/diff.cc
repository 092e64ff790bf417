#include "experiment/diff.h"

#include <memory>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/diff_text.h"

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

/// All that keeps the two from being compared ends with kUsage, as in diff(1).
Diff compared(const DiffLine& line) {
    if (!(line.tolerance.relative >= 0 && line.tolerance.absolute >= 0)) {
        throw ConfigError("--rtol, --atol: expected a number that is not negative");
    }
    try {
        return diff_runs(line.a, line.b, line.tolerance);
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
}

ExitCode diff(const DiffLine& line, Terminal& terminal) {
    const Diff diff = compared(line);
    for (const std::string& warning : diff.warnings) terminal.log(LogLevel::kWarning, warning);
    const DiffLayout layout = line.markdown ? DiffLayout::kMarkdown : DiffLayout::kPlain;
    terminal.table(line.json ? diff_json(diff, line.all) : diff_text(diff, layout, line.all));
    return diff.same() ? ExitCode::kDone : ExitCode::kDifferent;
}

}  // namespace

Action add_diff(CLI::App& app) {
    const auto line = std::make_shared<DiffLine>();
    Tolerance& tolerance = line->tolerance;
    app.add_option("A", line->a, "a run's directory, one of its CSV files, or a table in the post's layout")
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
