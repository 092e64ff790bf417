#include "report/show.h"

#include <memory>

#include "cli/commands.h"
#include "cli/look.h"
#include "cli/shared_options.h"

namespace bnrun {

Action add_show(CLI::App& app) {
    const auto line = std::make_shared<ShowOptions>();
    ShowOptions& options = *line;
    app.add_option("RUN", options.inputs, "run directories")->required();
    app.add_option("--iteration", options.iteration,
                   "iteration of the layers' norms: epoch:iteration, a number from the run's begin, or last; default: "
                   "last")
        ->type_name("E:I");
    app.add_flag("--json", options.json, "print one JSON document: an object, of several inputs a list");
    return [line](Terminal& terminal) {
        terminal.bytes(show_text(*line, look_of(stdout_screen(), environment)));
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
