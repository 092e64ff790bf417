#include "report/show.h"

#include "base/error.h"
#include "files/run_files.h"
#include "report/show_points.h"
#include "report/show_run_json.h"
#include "report/show_run_text.h"
#include "report/show_sweep_text.h"

namespace bnrun {
namespace {

std::string json_text(const OrderedJson& json) {
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

bool is_chosen_of_sweep(const SweepChoice& choice) { return choice.sort || choice.top || !choice.where.empty(); }

/// Throws ConfigError where an option is for the other kind of input.
void check_choices(const ShowOptions& options, const std::string& input, bool is_run) {
    if (is_run && is_chosen_of_sweep(options.choice))
        throw ConfigError("--sort, --top, --where: are of a sweep's table, but " + input + " is a run");
    if (!is_run && options.iteration)
        throw ConfigError("--iteration: is of a run's layers, but " + input +
                          " is a directory of runs; name one in it");
}

/// Either a text or, where that is asked for, an object.
struct Shown {
    std::string text;
    OrderedJson json;
};

Shown shown_input(const ShowOptions& options, const std::string& input, const TextLook& look) {
    const bool is_run = is_run_directory(input);
    check_choices(options, input, is_run);
    if (is_run) {
        const ShownRun run = read_shown_run(input, options.iteration);
        return options.json ? Shown{"", show_run_json(run)} : Shown{show_run_text(run, look), {}};
    }
    const std::optional<SweepSummary> points = points_in(input);
    if (!points) throw_no_run(input);
    const ShownSweep sweep = shown_sweep(*points, input, options.choice);
    return options.json ? Shown{"", show_sweep_json(sweep)} : Shown{show_sweep_text(sweep, look), {}};
}

}  // namespace

std::string show_text(const ShowOptions& options, const TextLook& look) {
    std::string text;
    OrderedJson all = OrderedJson::array();
    for (const std::string& input : options.inputs) {
        Shown shown = shown_input(options, input, look);
        text += (text.empty() ? "" : "\n") + shown.text;
        if (options.json) all.push_back(std::move(shown.json));
    }
    if (!options.json) return text;
    return json_text(all.size() == 1 ? all.front() : all);
}

}  // namespace bnrun
