#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/evaluate_run.h"

namespace bnrun {
namespace {

struct EvalLine {
    std::string run;
    EvaluateOptions options;
};

}  // namespace

Action add_eval(CLI::App& app) {
    const auto line = std::make_shared<EvalLine>();
    app.add_option("RUN", line->run, "the run's directory")->required();
    add_work_options(app, line->options.data, line->options.threads);
    return [line](Terminal& terminal) {
        evaluate_run(line->run, line->options, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
