#include "report/groups.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

ReportRun seed_of(const std::string& name, int seed, const std::string& depth = "1") {
    ReportRun run = made_up_run(name, {{1, 1}});
    run.settings.emplace_back("seed", std::to_string(seed));
    run.settings.emplace_back("model.depth", depth);
    return run;
}

ReportData grouped(std::vector<ReportRun> runs) {
    ReportData data;
    data.runs = std::move(runs);
    group_runs(data);
    return data;
}

std::string labels_of_groups(const ReportData& data) {
    std::string text;
    for (const ReportGroup& group : data.groups) text += group.label + " " + std::to_string(group.runs.size()) + "; ";
    return text;
}

TEST(ReportGroups, SeedsOfOneSettingAreOneGroup) {
    EXPECT_EQ(labels_of_groups(grouped({seed_of("a", 1), seed_of("b", 2)})), "2 seeds 2; ");
    EXPECT_EQ(labels_of_groups(grouped({seed_of("a", 1, "3"), seed_of("b", 2, "3"), seed_of("c", 1, "4")})),
              "depth=3 2; depth=4 1; ");
}

TEST(ReportGroups, RunsOfOneConfigAreApart) {
    EXPECT_EQ(labels_of_groups(grouped({seed_of("a", 1), seed_of("b", 1)})), "a 1; b 1; ");
}

TEST(ReportGroups, RunsWithLabelsOfTheirOwnAreAGroupForEachLabel) {
    std::vector<ReportRun> runs{seed_of("mine", 1), seed_of("mine", 2), seed_of("theirs", 1)};
    for (ReportRun& run : runs) run.has_own_label = true;
    EXPECT_EQ(labels_of_groups(grouped(runs)), "mine 2; theirs 1; ");
}

}  // namespace
}  // namespace bnrun
