// What every figure asks of its runs.
#include "report/view.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/report_runs.h"

namespace bnrun {
namespace {

TEST(EdgesNote, SaysWhatIsBeyondTheScale) {
    const auto note = [](double odd) {
        std::vector<std::vector<double>> norms(100, {0.5, 1});
        norms.front() = {odd, 1};
        return edges_note(one_group({made_up_run("run", norms)}), {0});
    };
    EXPECT_EQ(note(0.5), "");
    EXPECT_NE(note(0).find("wedge"), std::string::npos);
    EXPECT_EQ(note(0).find("cross"), std::string::npos);
    EXPECT_NE(note(std::numeric_limits<double>::quiet_NaN()).find("cross"), std::string::npos);
    EXPECT_NE(note(1e30).find("cross"), std::string::npos);
}

TEST(NormScale, IsThatOfTheGroupsNamed) {
    const ReportData data = each_alone({made_up_run("a", {{0.01, 1}}), made_up_run("b", {{1e-8, 1}})});
    EXPECT_EQ(norm_scale(data, {0}).low(), 0.01);
    EXPECT_EQ(norm_scale(data, {0, 1}).low(), 1e-8);
}

TEST(PanelTitle, LosesItsBeginningWhereItIsLong) {
    const std::string end(49, 'x');
    const ReportData data = each_alone({made_up_run("ä" + end, {{1}}), made_up_run("aä" + end, {{1}})});
    EXPECT_EQ(panel_title(data, 0), "ä" + end);
    EXPECT_EQ(panel_title(data, 1), "…" + end);
}

TEST(PanelTitle, SaysOfHowManySeedsItIsTheMean) {
    ReportRun lost = made_up_run("c", {{1}});
    lost.status = "diverged";
    const ReportData data = one_group({made_up_run("a", {{1}}), made_up_run("b", {{1}}), lost});
    EXPECT_EQ(panel_title(data, 0), "setting (mean of 2)");
}

/// So many settings with test errors that fall from 0.9 on.
ReportData settings(std::size_t count) {
    std::vector<ReportRun> runs;
    for (std::size_t i = 0; i < count; ++i) {
        runs.push_back(made_up_run("run" + std::to_string(i), {{1, 1}}));
        runs.back().test_error = 0.9 - 0.01 * static_cast<double>(i);
    }
    return each_alone(runs);
}

TEST(ShownGroups, AreAllOfAFewInTheirOrderElseTheBestFirst) {
    EXPECT_EQ(shown_groups(settings(3)), (std::vector<std::size_t>{0, 1, 2}));
    const std::vector<std::size_t> best = shown_groups(settings(kMostShown + 1));
    ASSERT_EQ(best.size(), kMostShown);
    EXPECT_EQ(best.front(), kMostShown);
    EXPECT_EQ(best.back(), 1U);
}

TEST(GroupsInPanels, AreThoseThatLoggedSomething) {
    ReportData data = settings(kMostPanels);
    EXPECT_EQ(groups_in_panels(data).size(), kMostPanels);
    data.runs[2].logged.iterations.clear();
    EXPECT_EQ(groups_in_panels(data), (std::vector<std::size_t>{0, 1, 3, 4, 5}));
    EXPECT_EQ(groups_in_panels(settings(kMostPanels + 1)).front(), kMostPanels) << "the best first";
    EXPECT_TRUE(groups_in_panels(data, &IterationRecord::activation_min).empty());
}

TEST(ShownNote, NamesWhatIsLeftOut) {
    EXPECT_EQ(shown_note(settings(3), 3), "");
    EXPECT_EQ(shown_note(settings(20), 12),
              " Of 20 settings the 12 with the lowest test error are shown; the table has all.");
}

TEST(SpreadNote, IsThereWhereASettingHasSeveralRuns) {
    EXPECT_EQ(spread_note(settings(2), "the band"), "");
    EXPECT_NE(spread_note(one_group({made_up_run("a", {}), made_up_run("b", {})}), "the band"), "");
}

TEST(NormName, IsThatOfTheRunsWhereTheyAgreeElseAll) {
    ReportData data = one_group({made_up_run("a", {{1}}), made_up_run("b", {{1}})});
    EXPECT_EQ(norm_name(data), "spectral norm");
    EXPECT_EQ(norms_note(data), "");
    data.runs[1].settings[1].second = "\"rms\"";
    EXPECT_EQ(norm_name(data), "norm (rms, spectral)");
    EXPECT_NE(norms_note(data).find("different norms (rms, spectral)"), std::string::npos);
}

}  // namespace
}  // namespace bnrun
