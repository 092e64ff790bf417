#include "report/show.h"

#include <memory>

#include "cli/commands.h"
#include "cli/look.h"
#include "cli/shared_options.h"

namespace bnrun {

Action add_show(CLI::App& app) {
    const auto line = std::make_shared<ShowOptions>();
    ShowOptions& options = *line;
    app.add_option("RUN", options.inputs, "run directories, and sweeps: directories with runs in them")->required();
    app.add_option("--iteration", options.iteration,
                   "iteration of the layers' norms: epoch:iteration, a number from the run's begin, or last; default: "
                   "last")
        ->type_name("E:I");
    app.add_option("--sort", options.choice.sort,
                   "column by which a sweep's table is sorted, from the lowest on; with - before it, from the highest; "
                   "default: the best first")
        ->type_name("COLUMN");
    app.add_option("--top", options.choice.top, "only so many rows of a sweep's table")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    add_list(app, "--where", options.choice.where,
             "only points of a sweep that have this value; the last parts of its key will do; may be repeated")
        ->type_name("KEY=VALUE");
    app.add_flag("--json", options.json, "print one JSON document: an object, of several inputs a list");
    return [line](Terminal& terminal) {
        terminal.bytes(show_text(*line, look_of(stdout_screen(), environment)));
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
