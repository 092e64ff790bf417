#include "report/cards.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

void expect_card(const std::string& html, const std::string& part) {
    EXPECT_NE(html.find(part), std::string::npos) << html << "\nlacks: " << part;
}

ReportRun run_of(const std::string& name, double error, double seconds) {
    ReportRun run = made_up_run(name, {{1, 20, 9}});
    run.test_error = error;
    run.seconds = seconds;
    return run;
}

TEST(Cards, OfOneSettingHaveItsFourValues) {
    const std::string html = cards_html(one_group({run_of("a", 0.25, 4), run_of("b", 0.35, 8)}), 1);
    expect_card(html, "<h2>Test error</h2>\n<p class=\"\"><b>0.3000 ± 0.0707</b> <small>2 seeds</small></p>");
    expect_card(html, "data-card=\"factor\"><b>×20</b>");
    expect_card(html, "data-card=\"verdict\"><b>vanishing</b>");
    expect_card(html, "<b>6.0 s</b> <small>a run, 12 s in all</small>");
    expect_card(html, "<span class=\"moment\">epoch 1, iteration 1 of 1</span>");
}

TEST(Cards, OfAFewSettingsHaveALineForEachTheBestFirst) {
    const std::string html = cards_html(each_alone({run_of("worse", 0.5, 1), run_of("better", 0.25, 1)}), 1);
    EXPECT_LT(html.find("</svg>better</span><b>0.2500</b>"), html.find("</svg>worse</span><b>0.5000</b>")) << html;
    expect_card(html, "2 runs, 2.0 s in all.");
}

TEST(Cards, OfManySettingsHaveTheBestAndTheRange) {
    std::vector<ReportRun> runs;
    for (int i = 0; i < 5; ++i) runs.push_back(run_of("run" + std::to_string(i), 0.5 - 0.1 * i, 1));
    const std::string html = cards_html(each_alone(runs), 1);
    expect_card(html, "The best of 5 settings; they reach from 0.1000 to 0.5000.");
    EXPECT_EQ(html.find("run3"), std::string::npos);
}

TEST(Cards, ADivergedRunIsShownAsDiverged) {
    ReportRun lost = run_of("lost", 0.25, 1);
    lost.status = "diverged";
    const std::string html = cards_html(one_group({lost}), 1);
    expect_card(html, "<p class=\"trouble\"><b>diverged</b></p>");
    expect_card(html, "1 of 1 runs diverged or failed.");
}

TEST(Duration, HasTheTwoLargestUnits) {
    EXPECT_EQ(duration_text(4.24), "4.2 s");
    EXPECT_EQ(duration_text(9.96), "10 s");
    EXPECT_EQ(duration_text(200), "3 min 20 s");
    EXPECT_EQ(duration_text(7500), "2 h 5 min");
    EXPECT_EQ(duration_text(-1), "–");
}

}  // namespace
}  // namespace bnrun
