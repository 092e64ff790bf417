#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/export_run.h"

namespace bnrun {

Action add_export(CLI::App& app) {
    const auto line = std::make_shared<OnRun<ExportOptions>>();
    ExportOptions& options = line->options;
    add_run_argument(app, line->run);
    app.add_option("--format", options.format, "the format")->required()->check(CLI::IsMember(export_format_names()));
    app.add_option("-o,--out", options.out,
                   "the file, - for stdout; for tensorboard the directory; default for jsonl: stdout")
        ->type_name("PATH");
    app.add_flag("--force", options.force, "replace what is there");
    return [line](Terminal& terminal) {
        export_run(line->run, line->options, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
