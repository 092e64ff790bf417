#include "report/settings_box.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

ReportRun run_with(const std::string& name, const std::string& depth, const std::string& seed) {
    ReportRun run = made_up_run(name, {});
    run.settings.emplace_back("model.depth", depth);
    run.settings.emplace_back("train.batch_size", "200");
    run.settings.emplace_back("seed", seed);
    run.changed = {{"model.depth", depth}, {"seed", seed}};
    return run;
}

void expect_box(const std::string& html, const std::string& part) {
    EXPECT_NE(html.find(part), std::string::npos) << html << "\nlacks: " << part;
}

TEST(SettingsBox, HasTheKeysThatAreNotAtTheirDefaultsInSomeRun) {
    const std::string html = settings_box(one_group({run_with("a", "5", "7")}));
    expect_box(html, "<code>model.<wbr>depth</code></th><td>10</td><td>5</td></tr>");
    expect_box(html, "<code>seed</code></th><td>1</td><td>7</td></tr>");
    EXPECT_EQ(html.find("batch_size"), std::string::npos) << "is at its default";
    EXPECT_EQ(html.find("log."), std::string::npos) << "spectral is the default";
}

TEST(SettingsBox, AFewSettingsHaveAColumnEachAndWhatDiffersIsMarked) {
    ReportData data = each_alone({run_with("a", "10", "1"), run_with("b", "5", "1")});
    data.differing = {"model.depth"};
    expect_box(settings_box(data),
               "<tr class=\"differs\"><th scope=\"row\"><code>model.<wbr>depth</code></th>"
               "<td>10</td><td>10</td><td>5</td></tr>");
}

TEST(SettingsBox, OfManySettingsTheValuesAreListed) {
    std::vector<ReportRun> runs;
    for (int i = 1; i <= 8; ++i) runs.push_back(run_with("run" + std::to_string(i), std::to_string(i), "1"));
    expect_box(settings_box(each_alone(runs)), "<td>10</td><td>1, 2, 3, 4, 5, 6, … (8)</td></tr>");
}

}  // namespace
}  // namespace bnrun
