#include "report/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "chart/thinning.h"

namespace bnrun {
namespace {

constexpr std::int64_t kPostsFirst = 10;

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

}  // namespace

std::int64_t shared_iterations(const ReportData& data) {
    std::set<std::int64_t> counts;
    for (const ReportRun& run : data.runs) {
        if (!run.logged.iterations.empty()) counts.insert(run.logged.iterations.front().iterations);
    }
    return counts.size() == 1 ? *counts.begin() : 0;
}

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

Steps steps_of(const ReportData& data, std::size_t most, std::int64_t wanted) {
    const std::vector<std::int64_t> all = all_steps(data);
    Steps result{{}, all.size(), stride_for(all.size(), most)};
    for (const std::size_t i : every(result.stride, all.size())) result.steps.push_back(all[i]);
    const auto place = std::lower_bound(result.steps.begin(), result.steps.end(), wanted);
    const bool is_there = place != result.steps.end() && *place == wanted;
    if (!is_there && std::binary_search(all.begin(), all.end(), wanted)) result.steps.insert(place, wanted);
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

}  // namespace bnrun
