#include <memory>

#include "cli/commands.h"
#include "cli/look.h"
#include "cli/shared_options.h"
#include "report/list_runs.h"
#include "report/list_text.h"

namespace bnrun {
namespace {

struct ListLine {
    std::string directory = "results";
    bool json = false;
};

void list(const ListLine& line, Terminal& terminal) {
    const Listing listing = list_runs(line.directory);
    for (const std::string& note : listing.notes) terminal.log(LogLevel::kWarning, note);
    if (line.json) {
        terminal.bytes(list_json(listing).dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n");
    } else if (listing.runs.empty() && listing.sweeps.empty()) {
        terminal.log(LogLevel::kInfo, line.directory + ": no runs");
    } else {
        terminal.bytes(list_text(listing, look_of(stdout_screen(), environment)));
    }
}

}  // namespace

Action add_list(CLI::App& app) {
    const auto line = std::make_shared<ListLine>();
    app.add_option("DIR", line->directory, "where to look; default: results");
    app.add_flag("--json", line->json, "print a JSON list");
    return [line](Terminal& terminal) {
        list(*line, terminal);
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
