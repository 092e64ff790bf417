#include "report/groups.h"

#include <gtest/gtest.h>

#include <set>

#include "support/report_runs.h"

namespace bnrun {
namespace {

/// Runs of so many values of one key, each with every value of another.
ReportData grouped(std::size_t rates, std::size_t depths) {
    ReportData data;
    for (std::size_t rate = 0; rate < rates; ++rate) {
        for (std::size_t depth = 0; depth < depths; ++depth) {
            data.runs.push_back(made_up_run("run", {{1, 1}}));
            data.runs.back().settings.emplace_back("train.rate", std::to_string(rate));
            data.runs.back().settings.emplace_back("model.depth", std::to_string(depth));
        }
    }
    group_runs(data);
    return data;
}

std::set<std::pair<std::size_t, std::size_t>> looks(const ReportData& data) {
    std::set<std::pair<std::size_t, std::size_t>> all;
    for (const ReportGroup& group : data.groups) all.insert({group.colour, group.dash});
    return all;
}

TEST(ReportGroups, AFewDifferInColourAndDash) {
    const ReportData data = grouped(2, 2);
    ASSERT_EQ(data.groups.size(), 4U);
    for (std::size_t g = 0; g < 4; ++g) {
        EXPECT_EQ(data.groups[g].colour, g);
        EXPECT_EQ(data.groups[g].dash, g);
    }
}

TEST(ReportGroups, OfManyTheColourTellsTheKeyWithFewestValuesAndTheDashTheRest) {
    const ReportData data = grouped(4, 2);
    ASSERT_EQ(data.groups.size(), 8U);
    EXPECT_EQ(looks(data).size(), 8U);
    for (const ReportGroup& group : data.groups) {
        const ReportRun& run = data.runs[group.runs.front()];
        EXPECT_EQ(std::to_string(group.colour), run.setting("model.depth"));
        EXPECT_EQ(std::to_string(group.dash), run.setting("train.rate"));
    }
}

TEST(ReportGroups, OfManyValuesOfOneKeyColoursRepeatWithAnotherDash) {
    EXPECT_EQ(looks(grouped(2 * kColours, 1)).size(), 2 * kColours);
}

}  // namespace
}  // namespace bnrun
