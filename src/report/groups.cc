#include "report/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "chart/scale.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

constexpr std::size_t kLongValue = 7;

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Of one key, over the runs so far.
struct Occurrence {
    std::string first;  ///< value of the first run; empty where that has no such key
    std::size_t runs = 0;
    std::size_t latest = 0;  ///< run that has the key
    bool differs = false;
};

std::vector<std::string> differing_keys(const std::vector<ReportRun>& runs) {
    std::vector<std::string> order;
    std::unordered_map<std::string, Occurrence> found;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (const auto& [key, value] : runs[i].settings) {
            const auto [place, is_new] = found.emplace(key, Occurrence{i == 0 ? value : "", 0, 0, false});
            Occurrence& known = place->second;
            if (is_new) order.push_back(key);
            if (!is_new && known.latest == i) continue;  // a key given twice, of which the first counts
            known.latest = i;
            known.differs = known.differs || value != known.first;
            ++known.runs;
        }
    }
    const auto is_shared = [&](const std::string& key) {
        const Occurrence& known = found.at(key);
        return key == "name" || key == "seed" || (!known.differs && known.runs == runs.size());
    };
    order.erase(std::remove_if(order.begin(), order.end(), is_shared), order.end());
    return order;
}

std::vector<std::string> values_of(const ReportRun& run, const std::vector<std::string>& keys) {
    std::vector<std::string> values;
    for (const std::string& key : keys) values.push_back(run.setting(key));
    return values;
}

/// A long number with three digits.
std::string short_value(const std::string& value) {
    const std::optional<double> number = as_number(value);
    return number && value.size() > kLongValue ? number_label(*number) : value;
}

std::string group_label(const std::vector<std::string>& keys, const std::vector<std::string>& values) {
    std::string label;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!values[i].empty()) label += (label.empty() ? "" : ", ") + keys[i] + "=" + short_value(values[i]);
    }
    return label;
}

void make_groups(ReportData& data, bool by_run) {
    const std::vector<std::string> keys = key_labels(data.differing);
    std::map<std::vector<std::string>, std::size_t> places;
    data.groups.clear();
    for (std::size_t i = 0; i < data.runs.size(); ++i) {
        const ReportRun& run = data.runs[i];
        std::vector<std::string> values = values_of(run, data.differing);
        std::string label = group_label(keys, values);
        if (run.has_own_label) values.push_back(label = run.label);
        if (by_run) values.push_back(run.directory);
        const auto [place, is_new] = places.emplace(values, data.groups.size());
        if (is_new) data.groups.push_back({label, {}, 0, 0});
        data.groups[place->second].runs.push_back(i);
        data.runs[i].group = place->second;
    }
}

/// Two runs of one config are there to be compared, not to be averaged.
bool any_seed_twice(const ReportData& data) {
    return std::any_of(data.groups.begin(), data.groups.end(), [&](const ReportGroup& group) {
        std::set<std::string> seeds;
        return !data.runs[group.runs.front()].has_own_label &&
               !std::all_of(group.runs.begin(), group.runs.end(),
                            [&](std::size_t run) { return seeds.insert(data.runs[run].setting("seed")).second; });
    });
}

}  // namespace

std::vector<std::string> key_labels(const std::vector<std::string>& keys) {
    std::vector<std::string> stems;
    for (std::string key : keys) {
        for (const char* end : {".enabled", ".learn"}) {
            if (ends_with(key, end)) key.resize(key.rfind('.'));
        }
        stems.push_back(std::move(key));
    }
    return short_keys(stems);
}

void group_runs(ReportData& data) {
    data.differing = differing_keys(data.runs);
    make_groups(data, false);
    if (any_seed_twice(data)) make_groups(data, true);
    for (ReportGroup& group : data.groups) {
        if (data.groups.size() == data.runs.size()) group.label = data.runs[group.runs.front()].label;
        if (group.label.empty()) group.label = fmt::format("{} seeds", group.runs.size());
    }
}

}  // namespace bnrun
