#include "report/show.h"

#include <memory>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/look.h"
#include "cli/screen_view.h"
#include "cli/shared_options.h"

namespace bnrun {
namespace {

struct ShowLine {
    ShowOptions options;
    bool follow = false;
};

void follow(const ShowOptions& options, Terminal& terminal) {
    if (options.inputs.size() != 1) throw ConfigError("--follow: watches one run; name one");
    ScreenView view(terminal, options.inputs.front());
    interruptible([&] { follow_run(options.inputs.front(), view); });
}

ExitCode show(const ShowLine& line, Terminal& terminal) {
    if (line.follow) {
        follow(line.options, terminal);
    } else {
        terminal.bytes(show_text(line.options, look_of(stdout_screen(), environment)));
    }
    return ExitCode::kDone;
}

void add_choice(CLI::App& app, SweepChoice& choice) {
    app.add_option("--sort", choice.sort,
                   "column by which a sweep's table is sorted, from the lowest on; with - before it, from the highest; "
                   "default: the best first")
        ->type_name("COLUMN");
    app.add_option("--top", choice.top, "only so many rows of a sweep's table")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    add_list(app, "--where", choice.where,
             "only points of a sweep that have this value; the last parts of its key will do; may be repeated")
        ->type_name("KEY=VALUE");
}

}  // namespace

Action add_show(CLI::App& app) {
    const auto line = std::make_shared<ShowLine>();
    ShowOptions& options = line->options;
    app.add_option("RUN", options.inputs, "run directories, and sweeps: directories with runs in them")->required();
    app.add_option("--iteration", options.iteration,
                   "iteration of the layers' norms: epoch:iteration, a number from the run's begin, or last; default: "
                   "last")
        ->type_name("E:I");
    add_choice(app, options.choice);
    app.add_flag("--json", options.json, "print one JSON document: an object, of several inputs a list");
    CLI::Option* const follow =
        app.add_flag("--follow", line->follow,
                     "watch a run until it has ended: drawn anew on a terminal, a line for each new row elsewhere");
    for (const char* other : {"--iteration", "--sort", "--top", "--where", "--json"})
        follow->excludes(app.get_option(other));
    return [line](Terminal& terminal) { return show(*line, terminal); };
}

}  // namespace bnrun
