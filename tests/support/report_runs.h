// Runs as a report reads them, made up, and what a picture of them has drawn.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "experiment/report/report_data.h"

namespace bnrun {

/// A finished run that logged these norms, an iteration each.
inline ReportRun made_up_run(const std::string& name, const std::vector<std::vector<double>>& norms) {
    ReportRun run;
    run.directory = run.label = name;
    run.status = "done";
    run.settings = {{"name", '"' + name + '"'}, {"log.norm", "\"spectral\""}};
    const auto rows = static_cast<std::int64_t>(norms.size());
    for (const std::vector<double>& row : norms) {
        const auto iteration = static_cast<std::int64_t>(run.logged.iterations.size()) + 1;
        run.logged.iterations.push_back({1, iteration, rows, 1, 0.1, row, {}, {}});
    }
    return run;
}

/// All of them in one group of the given looks.
inline ReportData one_group(std::vector<ReportRun> runs, std::size_t colour = 0, std::size_t dash = 0) {
    ReportData data;
    data.groups.push_back({"setting", {}, colour, dash});
    for (std::size_t i = 0; i < runs.size(); ++i) data.groups.front().runs.push_back(i);
    data.runs = std::move(runs);
    return data;
}

/// What each path of exactly these classes draws, a line each.
inline std::string drawn(const std::string& svg, const std::string& classes) {
    const std::string start = "<path class=\"" + classes + "\"";
    const std::string before = " d=\"";
    std::string paths;
    for (std::size_t at = svg.find(start); at != std::string::npos; at = svg.find(start, at + 1)) {
        const std::size_t from = svg.find(before, at) + before.size();
        paths += svg.substr(from, svg.find('"', from) - from) + "\n";
    }
    return paths;
}

}  // namespace bnrun
