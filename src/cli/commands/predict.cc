#include "experiment/predict.h"

#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"

namespace bnrun {
namespace {

struct PredictLine {
    ConfigOptions config;
    std::optional<std::string> data;
    PredictOptions options;
};

}  // namespace

Action add_predict(CLI::App& app) {
    const auto line = std::make_shared<PredictLine>();
    add_config_options(app, line->config);
    CLI::Option* const measure = app.add_flag("--measure", line->options.measure,
                                              "train a first iteration, and compare; theory then knows the data, too");
    app.add_option("--seeds", line->options.seeds, "first iterations, from the config's seed on")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, kMostPredictedSeeds))
        ->capture_default_str()
        ->needs(measure);
    add_work_options(app, line->data, line->options.threads);
    return [line](Terminal& terminal) {
        predict(read_reported(line->config, line->data, terminal), line->options, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
