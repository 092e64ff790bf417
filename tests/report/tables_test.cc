#include "report/tables.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

void expect_row(const std::string& html, const std::string& cells) {
    EXPECT_NE(html.find(cells), std::string::npos) << html << "\nlacks: " << cells;
}

TEST(SettingsTable, FirstOverLastIsTheGeometricMeanOverRuns) {
    const ReportData data = one_group({made_up_run("a", {{1e-4, 5, 1}}), made_up_run("b", {{2e-2, 5, 2}})});
    expect_row(settings_table(data, 1), "<td>0.001</td>");
}

TEST(SettingsTable, RunsWithoutARatioAreLeftOutOfTheMean) {
    const ReportData data = one_group({made_up_run("zero", {{0, 1}}), made_up_run("lost", {{1, 0}}),
                                       made_up_run("none", {}), made_up_run("some", {{1, 4}})});
    expect_row(settings_table(data, 1), "<td>0.25</td>");
    expect_row(settings_table(one_group({made_up_run("none", {})}), 1), "<td>–</td><td>–</td><td>–</td><td>1</td>");
}

TEST(SettingsTable, RatioIsThatOfTheChosenIteration) {
    const ReportData data = one_group({made_up_run("a", {{1, 2}, {1, 5}})});
    expect_row(settings_table(data, 1), "<td>0.5</td>");
    expect_row(settings_table(data, 2), "<td>0.2</td>");
}

TEST(SettingsTable, TestErrorComesBeforeTheTrainingError) {
    ReportRun a = made_up_run("a", {{1, 1}});
    a.test_error = 0.1;
    a.train_error = 0.5;
    ReportRun b = a;
    b.test_error = 0.3;
    const std::string html = settings_table(one_group({a, b}), 1);
    expect_row(html,
               "<th scope=\"col\">test error</th><th scope=\"col\">first ÷ last layer’s gradient norm</th>"
               "<th scope=\"col\">training error</th><th scope=\"col\">runs</th>");
    expect_row(html, "<td>0.2000 ± 0.1414</td><td>1</td><td>0.5000 ± 0.0000</td><td>2</td>");
}

TEST(RunsTable, TestErrorComesBeforeTheTrainingError) {
    ReportRun run = made_up_run("a", {{1, 1}, {1, 1}});
    run.test_error = 0.1;
    run.train_error = 0.5;
    run.status = "running";
    const std::string html = runs_table(one_group({run}));
    expect_row(html, "<th scope=\"col\">test error</th><th scope=\"col\">training error</th>");
    expect_row(html, "<td>running, or cut off</td><td>0.1000</td><td>0.5000</td><td>1:2</td><td>–</td>");
}

TEST(AnyTable, HasTheValidationErrorLastWhereARunHasOne) {
    ReportRun run = made_up_run("a", {{1, 1}});
    run.test_error = 0.1;
    ReportRun validated = run;
    validated.validation_error = 0.25;
    validated.logged.epochs = {{1, 4, 0.125, 5, 0.5, 0, 0, Validation{6, 0.25, 0, 0}}};
    const ReportData data = one_group({run, validated});
    expect_row(settings_table(data, 1), "<th scope=\"col\">runs</th><th scope=\"col\">validation error</th>");
    expect_row(settings_table(data, 1), "<td>2</td><td>0.2500</td></tr>");
    expect_row(runs_table(data), "<th scope=\"col\">data</th><th scope=\"col\">validation error</th>");
    expect_row(runs_table(data), "<td>–</td><td>–</td></tr>");
    expect_row(runs_table(data), "<td>–</td><td>0.2500</td></tr>");
    const std::string html = logged_tables(validated);
    expect_row(html, "<th scope=\"col\">validation loss</th><th scope=\"col\">validation error</th>");
    expect_row(html, "<td>5</td><td>0.5</td><td>6</td><td>0.25</td></tr>");
}

TEST(LoggedTables, EachValueStandsUnderItsHeading) {
    ReportRun run = made_up_run("a", {{0.5, 2}});
    run.logged.iterations.front().loss = 3;
    run.logged.iterations.front().activation_min = {0.25};
    run.logged.iterations.front().activation_max = {0.75};
    run.logged.epochs = {{1, 4, 0.125, 5, 0.25, 0, 0}};
    const std::string html = logged_tables(run);
    expect_row(html, "<th scope=\"row\">1</th><td>1</td><td>3</td><td>0.5</td><td>2</td>");
    expect_row(html, "<th scope=\"row\">1</th><td>1</td><td>0.25…0.75</td>");
    expect_row(html,
               "<th scope=\"col\">training loss</th><th scope=\"col\">training error</th>"
               "<th scope=\"col\">test loss</th><th scope=\"col\">test error</th>");
    expect_row(html, "<th scope=\"row\">1</th><td>4</td><td>0.125</td><td>5</td><td>0.25</td>");
}

}  // namespace
}  // namespace bnrun
