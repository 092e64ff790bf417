// Runs as a report reads them, made up.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/data.h"

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

/// Each of them a setting of its own.
inline ReportData each_alone(std::vector<ReportRun> runs) {
    ReportData data;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        runs[i].group = i;
        data.groups.push_back({runs[i].label, {i}, i, 0});
    }
    data.runs = std::move(runs);
    return data;
}

}  // namespace bnrun
