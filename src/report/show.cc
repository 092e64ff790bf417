#include "report/show.h"

#include "report/show_run_json.h"
#include "report/show_run_text.h"

namespace bnrun {
namespace {

std::string json_text(const OrderedJson& json) {
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace

std::string show_text(const ShowOptions& options, const TextLook& look) {
    std::string text;
    OrderedJson all = OrderedJson::array();
    for (const std::string& input : options.inputs) {
        const ShownRun run = read_shown_run(input, options.iteration);
        if (options.json) {
            all.push_back(show_run_json(run));
        } else {
            text += (text.empty() ? "" : "\n") + show_run_text(run, look);
        }
    }
    if (!options.json) return text;
    return json_text(all.size() == 1 ? all.front() : all);
}

}  // namespace bnrun
