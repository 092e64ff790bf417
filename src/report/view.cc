#include "report/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "chart/thinning.h"

namespace bnrun {
namespace {

constexpr std::int64_t kPostsFirst = 10;
constexpr std::size_t kLongestTitle = 46;

/// Iterations of an epoch, where all runs agree on it; else 0.
std::int64_t shared_iterations(const ReportData& data) {
    std::set<std::int64_t> counts;
    for (const ReportRun& run : data.runs) {
        if (!run.logged.iterations.empty()) counts.insert(run.logged.iterations.front().iterations);
    }
    return counts.size() == 1 ? *counts.begin() : 0;
}

std::vector<std::int64_t> all_steps(const ReportData& data) {
    std::set<std::int64_t> steps;
    for (const ReportRun& run : data.runs) {
        for (const IterationRecord& row : run.logged.iterations) steps.insert(global_step(row));
    }
    return {steps.begin(), steps.end()};
}

/// But for those that ended early, unless all did.
bool all_have_row(const ReportData& data, std::int64_t step) {
    const bool any_done = std::any_of(data.runs.begin(), data.runs.end(), [](const ReportRun& run) {
        return run.status == "done" && !run.logged.iterations.empty();
    });
    return std::all_of(data.runs.begin(), data.runs.end(), [&](const ReportRun& run) {
        const bool counts = !run.logged.iterations.empty() && (run.status == "done" || !any_done);
        return !counts || row_at(run, step) != nullptr;
    });
}

template <class Visit>
void for_each_norm(const ReportData& data, Visit visit) {
    for (const ReportRun& run : data.runs) {
        for (const IterationRecord& row : run.logged.iterations) {
            for (const double norm : row.gradient_norms) visit(norm);
        }
    }
}

}  // namespace

const IterationRecord* row_at(const ReportRun& run, std::int64_t step) {
    const std::vector<IterationRecord>& rows = run.logged.iterations;
    const auto after = std::upper_bound(rows.begin(), rows.end(), step, [](std::int64_t s, const IterationRecord& row) {
        return s < global_step(row);
    });
    if (after == rows.begin()) return nullptr;
    const auto row = after - 1;
    if (after != rows.end()) return &*row;
    const std::int64_t gap = row == rows.begin() ? 1 : global_step(*row) - global_step(*(row - 1));
    return step < global_step(*row) + gap ? &*row : nullptr;
}

Steps steps_of(const ReportData& data, std::size_t most) {
    const std::vector<std::int64_t> all = all_steps(data);
    Steps result{{}, all.size(), stride_for(all.size(), most)};
    for (const std::size_t i : every(result.stride, all.size())) result.steps.push_back(all[i]);
    return result;
}

std::int64_t usual_step(const ReportData& data) {
    const auto count = std::count_if(data.runs.begin(), data.runs.end(),
                                     [](const ReportRun& run) { return row_at(run, kPostsFirst) != nullptr; });
    return 2 * static_cast<std::size_t>(count) > data.runs.size() ? kPostsFirst : last_shared_step(data);
}

std::int64_t last_shared_step(const ReportData& data) {
    std::vector<std::int64_t> steps = all_steps(data);
    std::reverse(steps.begin(), steps.end());
    for (const std::int64_t step : steps) {
        if (all_have_row(data, step)) return step;
    }
    return steps.empty() ? 0 : steps.back();
}

std::string step_text(const ReportData& data, std::int64_t step) {
    const std::int64_t iterations = shared_iterations(data);
    if (iterations == 0) return fmt::format("iteration {}", step);
    return fmt::format("epoch {}, iteration {} of {}", (step - 1) / iterations + 1, (step - 1) % iterations + 1,
                       iterations);
}

std::int64_t step_at(const ReportData& data, std::int64_t epoch, std::int64_t iteration) {
    for (const ReportRun& run : data.runs) {
        for (const IterationRecord& row : run.logged.iterations) {
            if (row.epoch == epoch && row.iteration == iteration) return global_step(row);
        }
    }
    throw ConfigError(
        fmt::format("--iteration {}:{}: no run has a row there; name one of a run's gradients.csv", epoch, iteration));
}

std::size_t most_layers(const ReportData& data) {
    std::size_t most = 0;
    for (const ReportRun& run : data.runs) most = std::max(most, run.layers());
    return most;
}

std::string norm_name(const ReportData& data) {
    std::set<std::string> names;
    for (const ReportRun& run : data.runs) names.insert(run.setting("log.norm"));
    return names.size() == 1 && !names.begin()->empty() ? *names.begin() + " norm" : "norm";
}

Scale norm_scale(const ReportData& data) {
    std::vector<double> norms;
    for_each_norm(data, [&](double norm) { norms.push_back(norm); });
    return Scale::rounded(ScaleKind::kLog, central_extent(std::move(norms), ScaleKind::kLog), 0, 1);
}

std::string edges_note(const ReportData& data) {
    const Scale scale = norm_scale(data);
    bool low = false;
    bool high = false;
    for_each_norm(data, [&](double norm) {
        low = low || norm < scale.low();
        high = high || !(norm <= scale.high());
    });
    std::string note;
    if (low) note += " A wedge at the lower edge is zero or too small for the scale.";
    if (high) note += " A red cross at the upper edge is not finite or too large for it.";
    return note;
}

Style style_of(const ReportData& data, const ReportRun& run) {
    return {data.groups[run.group].colour, data.groups[run.group].dash};
}

std::string run_attributes(const ReportData& data, std::size_t run) {
    return fmt::format(R"(data-run="{}" data-group="{}")", run, data.runs[run].group);
}

std::vector<std::size_t> runs_in_panels(const ReportData& data) {
    std::vector<std::size_t> runs;
    if (data.runs.size() > kMostPanels) {
        runs = data.one_of_each();
    } else {
        for (std::size_t i = 0; i < data.runs.size(); ++i) runs.push_back(i);
    }
    const auto is_empty = [&](std::size_t run) { return data.runs[run].logged.iterations.empty(); };
    runs.erase(std::remove_if(runs.begin(), runs.end(), is_empty), runs.end());
    return runs;
}

std::string panel_title(const ReportData& data, std::size_t run) {
    const ReportRun& one = data.runs[run];
    const std::string& title = data.runs.size() > kMostPanels ? data.groups[one.group].label : one.label;
    if (title.size() <= kLongestTitle) return title;
    std::size_t start = title.size() - kLongestTitle;
    while ((static_cast<unsigned char>(title[start]) & 0xC0U) == 0x80U) ++start;  // not within a letter
    return "…" + title.substr(start);
}

std::string panels_note(const ReportData& data) {
    const bool all = data.runs.size() <= kMostPanels || data.groups.size() == data.runs.size();
    return all ? "" : " One run of each setting is shown.";
}

Drawing legend_of(const ReportData& data, double width) {
    std::vector<LegendEntry> entries;
    for (const ReportGroup& group : data.groups) entries.push_back({group.label, {group.colour, group.dash}});
    return draw_legend(entries, width);
}

}  // namespace bnrun
