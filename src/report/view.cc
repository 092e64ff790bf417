#include "report/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/columns.h"
#include "report/averages.h"
#include "report/ranking.h"

namespace bnrun {
namespace {

constexpr std::size_t kLongestTitle = 50;

template <class Visit>
void for_each_norm(const ReportData& data, const std::vector<std::size_t>& groups, Visit visit) {
    for (const std::size_t group : groups) {
        for (const std::size_t run : data.groups[group].runs) {
            for (const IterationRecord& row : data.runs[run].logged.iterations) {
                for (const double norm : row.gradient_norms) visit(norm);
            }
        }
    }
}

std::set<std::string> norm_kinds(const ReportData& data) {
    std::set<std::string> kinds;
    for (const ReportRun& run : data.runs) kinds.insert(run.setting("log.norm"));
    kinds.erase("");
    return kinds;
}

bool logged_some(const ReportData& data, std::size_t group, std::vector<double> IterationRecord::*values) {
    const std::vector<std::size_t> runs = counted_runs(data, data.groups[group]);
    return std::any_of(runs.begin(), runs.end(), [&](std::size_t run) {
        const auto& rows = data.runs[run].logged.iterations;
        return !rows.empty() && !(rows.front().*values).empty();
    });
}

}  // namespace

std::size_t most_layers(const ReportData& data) {
    std::size_t most = 0;
    for (const ReportRun& run : data.runs) most = std::max(most, run.layers());
    return most;
}

std::string norm_name(const ReportData& data) {
    const std::set<std::string> kinds = norm_kinds(data);
    if (kinds.empty()) return "norm";
    return kinds.size() == 1 ? *kinds.begin() + " norm" : fmt::format("norm ({})", fmt::join(kinds, ", "));
}

std::string norms_note(const ReportData& data) {
    const std::set<std::string> kinds = norm_kinds(data);
    if (kinds.size() < 2) return "";
    return fmt::format(" The runs logged different norms ({}): heights of different settings do not compare.",
                       fmt::join(kinds, ", "));
}

Scale norm_scale(const ReportData& data, const std::vector<std::size_t>& groups) {
    std::vector<double> norms;
    for_each_norm(data, groups, [&](double norm) { norms.push_back(norm); });
    return Scale::rounded(ScaleKind::kLog, central_extent(std::move(norms), ScaleKind::kLog), 0, 1);
}

std::string edges_note(const ReportData& data, const std::vector<std::size_t>& groups) {
    const Scale scale = norm_scale(data, groups);
    bool low = false;
    bool high = false;
    for_each_norm(data, groups, [&](double norm) {
        low = low || norm < scale.low();
        high = high || !(norm <= scale.high());
    });
    std::string note;
    if (low) note += " A wedge at the lower edge is zero or too small for the scale.";
    if (high) note += " A red cross at the upper edge is not finite or too large for it.";
    return note;
}

Style style_of(const ReportGroup& group) { return {group.colour, group.dash}; }

std::string group_attributes(std::size_t group) { return fmt::format(R"(data-group="{}")", group); }

std::vector<std::size_t> shown_groups(const ReportData& data) {
    std::vector<std::size_t> shown;
    if (data.groups.size() > kMostShown) {
        shown = ranked(data);
        shown.resize(kMostShown);
    } else {
        for (std::size_t g = 0; g < data.groups.size(); ++g) shown.push_back(g);
    }
    return shown;
}

std::vector<std::size_t> groups_in_panels(const ReportData& data, std::vector<double> IterationRecord::*values) {
    std::vector<std::size_t> groups = data.groups.size() > kMostPanels ? ranked(data) : shown_groups(data);
    std::erase_if(groups, [&](std::size_t group) { return !logged_some(data, group, values); });
    if (groups.size() > kMostPanels) groups.resize(kMostPanels);
    return groups;
}

std::string panel_title(const ReportData& data, std::size_t group) {
    const std::size_t seeds = counted_runs(data, data.groups[group]).size();
    const std::string mean = seeds > 1 ? fmt::format(" (mean of {})", seeds) : "";
    return shortened(data.groups[group].label, kLongestTitle - columns_of(mean)) + mean;
}

std::string shown_note(const ReportData& data, std::size_t shown) {
    if (shown >= data.groups.size()) return "";
    return fmt::format(" Of {} settings the {} with the lowest {} are shown; the table has all.", data.groups.size(),
                       shown, ranking_name(data));
}

std::string spread_note(const ReportData& data, const char* mark) {
    if (data.groups.size() == data.runs.size()) return "";
    return fmt::format(" Each setting is the mean over its seeds; {}.", mark);
}

Drawing legend_of(const ReportData& data, double width) {
    std::vector<LegendEntry> entries;
    for (const std::size_t g : shown_groups(data)) {
        entries.push_back({data.groups[g].label, style_of(data.groups[g])});
    }
    return draw_legend(entries, width);
}

}  // namespace bnrun
