#include "report/report.h"

#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"

namespace bnrun {
namespace {

struct ReportLine {
    std::vector<std::string> runs;
    ReportOptions options;
};

}  // namespace

Action add_report(CLI::App& app) {
    const auto line = std::make_shared<ReportLine>();
    ReportOptions& options = line->options;
    app.add_option("RUN", line->runs, "run directories, or directories with runs in them, such as a sweep's")
        ->required();
    app.add_option("-o,--out", options.out, "the page; - for stdout")->type_name("FILE");
    app.add_option("--svg", options.svg, "a directory for the figures, an SVG file each")->type_name("DIR");
    app.add_option("--iteration", options.iteration,
                   "iteration of the figures by layer: epoch:iteration, or last for the last that all runs have; "
                   "default: 1:10, as the post's tables begin")
        ->type_name("E:I");
    app.add_flag("--force", options.force, "replace files that no report wrote");
    return [line](Terminal& terminal) {
        write_report(line->runs, line->options, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
