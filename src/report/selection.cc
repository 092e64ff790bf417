#include "report/selection.h"

#include <filesystem>
#include <set>

#include "base/paths.h"
#include "report/where.h"

namespace bnrun {
namespace {

void keep_rows(SweepSummary& sweep, const std::vector<ReportRun>& runs) {
    std::set<std::string> kept;
    for (const ReportRun& run : runs) kept.insert(std::filesystem::path(run.directory).filename().string());
    std::erase_if(sweep.rows, [&](const SweepRow& row) { return kept.count(row.run) == 0; });
}

void select(ReportData& data, const std::string& text) {
    const Condition condition = parse_condition(text);
    std::set<std::string> keys;
    for (const ReportRun& run : data.runs) {
        for (const auto& [key, value] : run.settings) keys.insert(key);
    }
    const std::string key = full_key(keys, condition, "no run's config");
    std::set<std::string> values;
    for (const ReportRun& run : data.runs) values.insert(run.setting(key));
    std::erase_if(data.runs, [&](const ReportRun& run) { return !is_same_value(run.setting(key), condition.value); });
    if (data.runs.empty()) throw_no_match(condition, key, values, "run");
}

}  // namespace

ReportInput report_input(const std::string& text) {
    if (path_exists(text)) return {"", text};
    for (std::size_t at = text.find('='); at != std::string::npos; at = text.find('=', at + 1)) {
        if (path_exists(text.substr(at + 1))) return {text.substr(0, at), text.substr(at + 1)};
    }
    return {"", text};
}

void select_runs(ReportData& data, const std::vector<std::string>& conditions) {
    for (const std::string& condition : conditions) select(data, condition);
    if (data.sweep && !conditions.empty()) keep_rows(*data.sweep, data.runs);
}

}  // namespace bnrun
