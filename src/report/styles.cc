#include "report/styles.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "chart/frame.h"
#include "report/ranking.h"
#include "report/sweep_series.h"

namespace bnrun {
namespace {

/// What a group's colour stands for; groups of one value have one colour. Empty: they have none in common.
using Meanings = std::vector<std::string>;

Meanings curves_of_groups(const ReportData& data) {
    const auto curves = groups_of_curves(data);
    Meanings meanings(data.groups.size());
    if (curves.size() < 2) return {};
    for (std::size_t i = 0; i < curves.size(); ++i) {
        for (const std::size_t group : curves[i]) meanings[group] = "curve " + std::to_string(i);
    }
    return meanings;
}

std::size_t count_of(const Meanings& meanings) {
    return std::set<std::string>(meanings.begin(), meanings.end()).size();
}

/// Values of the key with fewest of them, if there are colours enough.
Meanings values_of_one_key(const ReportData& data) {
    Meanings best;
    std::size_t fewest = kColours + 1;
    for (const std::string& key : data.differing) {
        Meanings values;
        for (const ReportGroup& group : data.groups) values.push_back(data.runs[group.runs.front()].setting(key));
        if (count_of(values) >= fewest) continue;
        fewest = count_of(values);
        best = values;
    }
    return best;
}

void style_by_meaning(ReportData& data, const Meanings& meanings) {
    std::map<std::string, std::size_t> colours;
    std::vector<std::size_t> members(kColours + 1);
    for (std::size_t g = 0; g < data.groups.size(); ++g) {
        const std::size_t colour = colours.emplace(meanings[g], colours.size()).first->second;
        data.groups[g].colour = std::min(colour, kNeutral);
        data.groups[g].dash = members[data.groups[g].colour]++ % kDashes;
    }
}

/// The first ones of this order have a colour each.
void style_by_order(ReportData& data, const std::vector<std::size_t>& order) {
    for (std::size_t i = 0; i < order.size(); ++i) {
        data.groups[order[i]].colour = std::min(i, kNeutral);
        data.groups[order[i]].dash = i % kDashes;
    }
}

std::vector<std::size_t> as_given(std::size_t count) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < count; ++i) order.push_back(i);
    return order;
}

}  // namespace

std::vector<std::vector<std::size_t>> groups_of_curves(const ReportData& data) {
    std::vector<std::vector<std::size_t>> groups;
    if (!data.sweep) return groups;
    std::unordered_map<std::string, std::set<std::size_t>> named;  // as a sweep's summary names its runs
    for (const ReportRun& run : data.runs) named[run.setting("name")].insert(run.group);
    for (const SweepCurve& curve : sweep_series(*data.sweep, data.y).curves) {
        std::set<std::size_t> found;
        for (const SweepCell& cell : curve.cells) {
            for (const std::string& run : cell.runs) found.merge(std::set<std::size_t>(named[run]));
        }
        groups.emplace_back(found.begin(), found.end());
    }
    return groups;
}

void style_groups(ReportData& data) {
    const bool has_axis = data.sweep && !sweep_series(*data.sweep, data.y).axis.empty();
    Meanings meanings = has_axis ? curves_of_groups(data) : Meanings{};
    if (count_of(meanings) > kColours) meanings.clear();
    if (meanings.empty() && data.groups.size() > kColours) meanings = values_of_one_key(data);
    if (!meanings.empty()) return style_by_meaning(data, meanings);
    style_by_order(data, data.groups.size() <= kColours ? as_given(data.groups.size()) : ranked(data));
}

}  // namespace bnrun
