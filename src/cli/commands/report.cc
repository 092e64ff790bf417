#include "report/report.h"

#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"
#include "report/figures/list.h"

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
    app.add_option("RUN", line->runs,
                   "run directories, or directories with runs in them, such as a sweep's; LABEL=RUN names a run")
        ->required();
    app.add_option("-o,--out", options.out, "the page; - for stdout")->type_name("FILE");
    app.add_option("--svg", options.svg, "a directory for the figures, an SVG file each")->type_name("DIR");
    app.add_option("--iteration", options.iteration,
                   "iteration of the figures by layer: epoch:iteration, or last for the last that all runs have; "
                   "default: 1:10, as the post's tables begin")
        ->type_name("E:I");
    add_list(app, "--figure", options.figures, "only this figure; may be repeated")
        ->check(CLI::IsMember(figure_names()));
    add_list(app, "--where", options.choice.where,
             "only runs whose config has this value; the last parts of its key will do; may be repeated")
        ->type_name("KEY=VALUE");
    app.add_option("--y", options.choice.y,
                   "column of the sweep's summary.csv that its picture shows; default: test_error")
        ->type_name("COLUMN");
    app.add_flag("--force", options.force, "replace files that no report wrote");
    return [line](Terminal& terminal) {
        write_report(line->runs, line->options, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
