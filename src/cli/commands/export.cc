#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/export_run.h"

namespace bnrun {
namespace {

struct ExportLine {
    std::string run;
    ExportOptions options;
};

}  // namespace

Action add_export(CLI::App& app) {
    const auto line = std::make_shared<ExportLine>();
    ExportOptions& options = line->options;
    app.add_option("RUN", line->run, "the run's directory")->required();
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
