// A colour means one thing on a page.
#include "report/styles.h"

#include <gtest/gtest.h>

#include <set>

#include "chart/frame.h"
#include "report/groups.h"
#include "support/report_runs.h"

namespace bnrun {
namespace {

/// Runs of so many values of one key, each with every value of another, as a sweep or not; the error rises.
ReportData swept(std::size_t rates, std::size_t depths, bool is_sweep) {
    ReportData data;
    SweepSummary sweep{{"train.rate", "model.depth"}, {}, {}};
    for (std::size_t rate = 0; rate < rates; ++rate) {
        for (std::size_t depth = 0; depth < depths; ++depth) {
            const std::string name = std::to_string(rate) + "," + std::to_string(depth);
            data.runs.push_back(made_up_run(name, {{1, 1}}));
            data.runs.back().test_error = 0.01 * static_cast<double>(data.runs.size());
            data.runs.back().settings.emplace_back("train.rate", std::to_string(rate));
            data.runs.back().settings.emplace_back("model.depth", std::to_string(depth));
            sweep.rows.push_back({name, {std::to_string(rate), std::to_string(depth)}, "done", {}, 0.5});
        }
    }
    if (is_sweep) data.sweep = sweep;
    group_runs(data);
    style_groups(data);
    return data;
}

std::set<std::pair<std::size_t, std::size_t>> looks(const ReportData& data) {
    std::set<std::pair<std::size_t, std::size_t>> all;
    for (const ReportGroup& group : data.groups) all.insert({group.colour, group.dash});
    return all;
}

void expect_colour_tells(const ReportData& data, const std::string& key) {
    for (const ReportGroup& group : data.groups) {
        EXPECT_EQ(std::to_string(group.colour), data.runs[group.runs.front()].setting(key)) << group.label;
    }
}

TEST(Styles, AFewSettingsHaveAColourEach) {
    const ReportData data = swept(kColours, 1, false);
    for (std::size_t g = 0; g < kColours; ++g) EXPECT_EQ(data.groups[g].colour, g);
}

TEST(Styles, OfManyTheColourTellsTheKeyWithFewestValuesAndTheDashTheRest) {
    const ReportData data = swept(4, 2, false);
    EXPECT_EQ(looks(data).size(), 8U);
    expect_colour_tells(data, "model.depth");
}

TEST(Styles, OfASweepTheColourTellsItsCurves) {
    expect_colour_tells(swept(3, 2, true), "model.depth");
    EXPECT_EQ(groups_of_curves(swept(3, 2, true)), (std::vector<std::vector<std::size_t>>{{0, 2, 4}, {1, 3, 5}}));
}

TEST(Styles, ASweepOfOneCurveHasAColourForEachSetting) { EXPECT_EQ(looks(swept(3, 1, true)).size(), 3U); }

TEST(Styles, OfManyValuesOfOneKeyTheBestHaveAColourAndTheOthersNone) {
    for (const bool is_sweep : {false, true}) {
        const ReportData data = swept(2 * kColours, 1, is_sweep);
        for (std::size_t g = 0; g < 2 * kColours; ++g) EXPECT_EQ(data.groups[g].colour, std::min(g, kNeutral)) << g;
    }
}

}  // namespace
}  // namespace bnrun
