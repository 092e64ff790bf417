#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"
#include "experiment/check_gradients.h"

namespace bnrun {
namespace {

struct GradcheckLine {
    ConfigOptions config;
    std::optional<std::string> data;
    int threads = 1;
};

}  // namespace

Action add_gradcheck(CLI::App& app) {
    const auto line = std::make_shared<GradcheckLine>();
    add_config_options(app, line->config);
    add_work_options(app, line->data, line->threads);
    return [line](Terminal& terminal) {
        check_gradients(read_reported(line->config, line->data, terminal), line->threads, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
