#include "report/list_text.h"

#include <fmt/ranges.h>

#include "base/printable.h"
#include "report/show_run_json.h"
#include "report/show_sweep_text.h"
#include "settings/brief.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

std::string error_cell(const std::optional<double>& error) { return error ? fmt::format("{:.4f}", *error) : "–"; }

std::vector<std::string> cells_of(const ListedSweep& sweep) {
    return {printable(sweep.directory), "sweep", error_cell(sweep.best), local_time(sweep.written),
            printable(points_text(sweep.points) + "; " + fmt::format("{}", fmt::join(short_keys(sweep.axes), ", ")))};
}

std::vector<std::string> cells_of(const RunOutline& run) {
    return {printable(run.directory), run.state, error_cell(run.result.test_error), local_time(run.written),
            run.config ? in_short(*run.config) : "no config of this version's"};
}

OrderedJson sweep_json(const ListedSweep& sweep) {
    return {{"kind", "sweep"},
            {"directory", sweep.directory},
            {"points", sweep.points.points},
            {"done", sweep.points.done},
            {"diverged", sweep.points.diverged},
            {"failed", sweep.points.failed},
            {"varies", sweep.axes},
            {"best_error", number_or_null(sweep.best)},
            {"written", sweep.written ? OrderedJson(universal_time(*sweep.written)) : OrderedJson()}};
}

}  // namespace

std::string list_text(const Listing& listing, const TextLook& look) {
    TextTable table{{Align::kLeft, Align::kLeft, Align::kLeft, Align::kLeft, Align::kLeft},
                    {{"directory", "status", "test error", "written", "settings"}},
                    2,
                    4};
    for (const ListedSweep& sweep : listing.sweeps) table.rows.push_back(cells_of(sweep));
    for (const RunOutline& run : listing.runs) table.rows.push_back(cells_of(run));
    if (table.rows.size() == 1) return "";
    std::string text;
    for (const std::string& line : text_table(table, look)) text += line + "\n";
    return text;
}

OrderedJson list_json(const Listing& listing) {
    OrderedJson all = OrderedJson::array();
    for (const ListedSweep& sweep : listing.sweeps) all.push_back(sweep_json(sweep));
    for (const RunOutline& run : listing.runs) all.push_back(outline_json(run));
    return all;
}

}  // namespace bnrun
