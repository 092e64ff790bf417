#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/check_run.h"
#include "experiment/stored_sweep.h"
#include "experiment/sweep_check.h"

namespace bnrun {

Action add_check(CLI::App& app) {
    const auto line = std::make_shared<OnRun<CheckOptions>>();
    CheckOptions& options = line->options;
    add_run_argument(app, line->run);
    CLI::Option* const full = app.add_flag("--full", options.full, "do all of it again, and compare the model, too");
    app.add_option("--iterations", options.iterations, "how many to do again")
        ->type_name("N")
        ->check(CLI::PositiveNumber)
        ->capture_default_str()
        ->excludes(full);
    add_work_options(app, options.data, options.threads);
    return [line](Terminal& terminal) {
        const auto check = is_sweep(line->run) ? check_sweep : check_run;
        return check(line->run, line->options, terminal) ? ExitCode::kDone : ExitCode::kDifferent;
    };
}

}  // namespace bnrun
