#include <memory>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/export_run.h"
#include "experiment/stored_sweep.h"
#include "experiment/sweep_export.h"

namespace bnrun {

Action add_export(CLI::App& app) {
    const auto line = std::make_shared<OnRun<ExportOptions>>();
    ExportOptions& options = line->options;
    add_run_argument(app, line->run);
    std::vector<std::string> formats = export_format_names();
    formats.emplace_back("csv");
    app.add_option("--format", options.format, "the format; csv is for a sweep, npz for a run")
        ->required()
        ->check(CLI::IsMember(formats));
    app.add_option("-o,--out", options.out,
                   "the file, - for stdout; for tensorboard the directory; default for csv and jsonl: stdout")
        ->type_name("PATH");
    app.add_flag("--force", options.force, "replace what is there");
    return [line](Terminal& terminal) {
        if (is_sweep(line->run)) {
            export_sweep(line->run, line->options, terminal);
        } else if (line->options.format == "csv") {
            throw ConfigError(line->run +
                              ": --format csv is for a sweep; a run's tables are CSV files in its directory");
        } else {
            export_run(line->run, line->options, terminal);
        }
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
