#include "report/tables.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

void expect_row(const std::string& html, const std::string& cells) {
    EXPECT_NE(html.find(cells), std::string::npos) << html << "\nlacks: " << cells;
}

TEST(SettingsTable, FactorAndVerdictAreThoseOfTheChosenIteration) {
    const ReportData data = one_group({made_up_run("a", {{1, 20, 9}, {1, 1, 9}})});
    expect_row(settings_table(data, 1), "<td>×20</td><td>vanishing</td>");
    expect_row(settings_table(data, 2), "<td>×1</td><td>even</td>");
    expect_row(settings_table(one_group({made_up_run("none", {})}), 1), "<td>–</td><td>unknown</td>");
}

TEST(SettingsTable, TheBestIsFirst) {
    ReportRun worse = made_up_run("worse", {{1, 1}});
    worse.test_error = 0.5;
    ReportRun better = made_up_run("better", {{1, 1}});
    better.test_error = 0.25;
    const std::string html = settings_table(each_alone({worse, better}), 1);
    EXPECT_LT(html.find(">better<"), html.find(">worse<")) << html;
}

TEST(SettingsTable, WhatDivergedIsCountedAndInNoMean) {
    ReportRun done = made_up_run("a", {{1, 1}});
    done.test_error = 0.25;
    ReportRun lost = done;
    lost.test_error = 0.9;
    lost.status = "diverged";
    const std::string html = settings_table(one_group({done, lost}), 1);
    expect_row(html, "<tr class=\"undone\">");
    expect_row(html, "<td>0.2500</td>");
    expect_row(html, "<td>2</td><td>1 of 2 diverged</td>");
}

TEST(SettingsTable, ErrorsAreMeansWithADeviation) {
    ReportRun a = made_up_run("a", {{1, 1, 1}});
    a.test_error = 0.1;
    a.train_error = 0.5;
    ReportRun b = a;
    b.test_error = 0.3;
    const std::string html = settings_table(one_group({a, b}), 1);
    expect_row(html,
               "<th scope=\"col\">test error</th><th scope=\"col\">factor from layer to layer</th>"
               "<th scope=\"col\">verdict</th><th scope=\"col\">training error</th><th scope=\"col\">runs</th>");
    expect_row(html, "<td>0.2000 ± 0.1414</td><td>×1</td><td>even</td><td>0.5000 ± 0.0000</td><td>2</td><td>–</td>");
}

TEST(SettingsTable, OfManySettingsEachKeyHasAColumn) {
    std::vector<ReportRun> runs;
    for (int i = 0; i < 5; ++i) {
        runs.push_back(made_up_run("run" + std::to_string(i), {{1, 1}}));
        runs.back().settings.emplace_back("model.depth", std::to_string(10 + i));
    }
    ReportData data = each_alone(runs);
    data.differing = {"model.depth"};
    expect_row(settings_table(data, 1), "<th scope=\"col\"><code>model.depth</code></th>");
    expect_row(settings_table(data, 1), "<td>14</td></tr>");
}

TEST(RunsTable, TestErrorComesBeforeTheTrainingError) {
    ReportRun run = made_up_run("a", {{1, 1}, {1, 1}});
    run.test_error = 0.1;
    run.train_error = 0.5;
    run.status = "running";
    const std::string html = runs_table(one_group({run}));
    expect_row(html, "<th scope=\"col\">test error</th><th scope=\"col\">training error</th>");
    expect_row(html, "<td>running, or cut off</td><td>0.1000</td><td>0.5000</td><td>1:2</td><td>–</td><td>–</td>");
}

TEST(AnyTable, HasTheValidationErrorLastWhereARunHasOne) {
    ReportRun run = made_up_run("a", {{1, 1}});
    run.test_error = 0.1;
    ReportRun validated = run;
    validated.validation_error = 0.25;
    const ReportData data = one_group({run, validated});
    expect_row(settings_table(data, 1), "<th scope=\"col\">validation error</th><th scope=\"col\">test error</th>");
    expect_row(settings_table(data, 1), "<td>0.2500</td><td>0.1000 ± 0.0000</td>");
    expect_row(runs_table(data), "<th scope=\"col\">data</th><th scope=\"col\">validation error</th>");
    expect_row(runs_table(data), "<td>–</td><td>–</td></tr>");
    expect_row(runs_table(data), "<td>–</td><td>0.2500</td></tr>");
}

TEST(ReadoutTable, HasTheMeanOfEachLayer) {
    const ReportData data = one_group({made_up_run("a", {{0.01, 2}}), made_up_run("b", {{1, 2}})});
    expect_row(readout_table(data, 1), "<tr data-group=\"0\">");
    expect_row(readout_table(data, 1), "<td>0.1</td><td>2</td></tr>");
}

}  // namespace
}  // namespace bnrun
