#include "report/groups.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "chart/frame.h"
#include "chart/scale.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

constexpr std::size_t kLongValue = 7;
constexpr std::size_t kFewGroups = 4;  ///< each has a colour of its own

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
        std::vector<std::string> values = values_of(data.runs[i], data.differing);
        std::string label = group_label(keys, values);
        if (by_run) values.push_back(data.runs[i].directory);
        const auto [place, is_new] = places.emplace(values, data.groups.size());
        if (is_new) data.groups.push_back({label, {}, 0, 0});
        data.groups[place->second].runs.push_back(i);
        data.runs[i].group = place->second;
    }
}

/// With many groups, colours tell the values of one key only, that with the fewest; none where all have too many.
std::vector<std::string> colour_values(const ReportData& data) {
    std::vector<std::string> best;
    std::size_t fewest = kColours + 1;
    for (const std::string& key : data.differing) {
        std::vector<std::string> values;
        for (const ReportGroup& group : data.groups) values.push_back(data.runs[group.runs.front()].setting(key));
        const std::size_t count = std::set<std::string>(values.begin(), values.end()).size();
        if (count >= fewest) continue;
        fewest = count;
        best = values;
    }
    return best;
}

void style_groups(ReportData& data) {
    const std::vector<std::string> by =
        data.groups.size() > kFewGroups ? colour_values(data) : std::vector<std::string>{};
    std::vector<std::string> seen;
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < data.groups.size(); ++i) {
        ReportGroup& group = data.groups[i];
        if (by.empty()) {
            group.colour = i % kColours;
            group.dash = (data.groups.size() > kColours ? i / kColours : i) % kDashes;
            continue;
        }
        const auto found = std::find(seen.begin(), seen.end(), by[i]);
        group.colour = static_cast<std::size_t>(found - seen.begin());
        if (found == seen.end()) {
            seen.push_back(by[i]);
            members.push_back(0);
        }
        group.dash = members[group.colour]++ % kDashes;
    }
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
    if (data.groups.size() == 1 && data.runs.size() > 1) make_groups(data, true);
    if (data.groups.size() == data.runs.size()) {
        for (ReportGroup& group : data.groups) group.label = data.runs[group.runs.front()].label;
    }
    style_groups(data);
}

}  // namespace bnrun
