#include "report/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/paths.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

constexpr std::size_t kValuesNamed = 8;

bool is_key(const std::string& key, const std::string& wanted) { return key == wanted || key.ends_with("." + wanted); }

/// The one key of the runs' configs that is meant.
std::string full_key(const ReportData& data, const std::string& wanted) {
    std::set<std::string> found;
    for (const ReportRun& run : data.runs) {
        for (const auto& [key, value] : run.settings) {
            if (key == wanted) return key;
            if (is_key(key, wanted)) found.insert(key);
        }
    }
    if (found.size() == 1) return *found.begin();
    throw ConfigError(found.empty()
                          ? fmt::format("--where {}: no run's config has such a key", wanted)
                          : fmt::format("--where {}: may be {}; name one of them", wanted, fmt::join(found, " or ")));
}

bool is_same(const std::string& a, const std::string& b) {
    const std::optional<double> number = as_number(a);
    return a == b || (number && number == as_number(b));
}

void keep_rows(SweepSummary& sweep, const std::vector<ReportRun>& runs) {
    std::set<std::string> kept;
    for (const ReportRun& run : runs) kept.insert(std::filesystem::path(run.directory).filename().string());
    std::erase_if(sweep.rows, [&](const SweepRow& row) { return kept.count(row.run) == 0; });
}

void select(ReportData& data, const std::string& condition) {
    const std::size_t equals = condition.find('=');
    if (equals == std::string::npos || equals == 0) {
        throw ConfigError(fmt::format("--where {}: expected KEY=VALUE, such as learning_rate=1e-4", condition));
    }
    const std::string key = full_key(data, condition.substr(0, equals));
    const std::string value = condition.substr(equals + 1);
    std::set<std::string> values;
    for (const ReportRun& run : data.runs) values.insert(run.setting(key));
    std::erase_if(data.runs, [&](const ReportRun& run) { return !is_same(run.setting(key), value); });
    if (!data.runs.empty()) return;
    const auto named = std::next(values.begin(), static_cast<std::ptrdiff_t>(std::min(values.size(), kValuesNamed)));
    throw ConfigError(fmt::format("--where {}: no run has that; {} is {}{}", condition, key,
                                  fmt::join(values.begin(), named, ", "), named == values.end() ? "" : ", …"));
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
