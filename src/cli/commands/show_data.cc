#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"
#include "report/data_page.h"

namespace bnrun {
namespace {

struct ShowDataLine {
    ConfigOptions config;
    std::optional<std::string> data;
    DataPageOptions options;
};

}  // namespace

Action add_show_data(CLI::App& app) {
    const auto line = std::make_shared<ShowDataLine>();
    DataPageOptions& options = line->options;
    add_config_options(app, line->config);
    app.add_option("-o,--out", options.out, "the page; - for stdout")->type_name("FILE");
    app.add_option("--samples", options.samples, "images to show")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, kMostSheetSamples))
        ->capture_default_str();
    app.add_option("--epochs", options.epochs, "epochs to show each image in, where it is distorted")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, kMostSheetEpochs))
        ->capture_default_str();
    add_work_options(app, line->data, options.threads);
    app.add_flag("--force", options.force, "replace a file that no report wrote");
    return [line](Terminal& terminal) {
        write_data_page(read_reported(line->config, line->data, terminal), line->options, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
