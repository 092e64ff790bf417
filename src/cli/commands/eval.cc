#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/evaluate_run.h"

namespace bnrun {

Action add_eval(CLI::App& app) {
    const auto line = std::make_shared<OnRun<EvaluateOptions>>();
    add_run_argument(app, line->run);
    add_work_options(app, line->options.data, line->options.threads);
    return [line](Terminal& terminal) {
        evaluate_run(line->run, line->options, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
