#include "report/logged_tables.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

void expect_logged(const std::string& html, const std::string& cells) {
    EXPECT_NE(html.find(cells), std::string::npos) << html << "\nlacks: " << cells;
}

TEST(LoggedTables, HaveTheValidationErrorLast) {
    ReportRun run = made_up_run("a", {{1, 1}});
    run.logged.epochs = {{1, 4, 0.125, 5, 0.5, 0, 0, Validation{6, 0.25, 0, 0}}};
    const std::string html = logged_tables(run);
    expect_logged(html, "<th scope=\"col\">validation loss</th><th scope=\"col\">validation error</th>");
    expect_logged(html, "<td>5</td><td>0.5</td><td>6</td><td>0.25</td></tr>");
}

TEST(LoggedTables, SayHowManyRowsTheFileHas) {
    ReportRun run = made_up_run("a", std::vector<std::vector<double>>(100, {1, 1}));
    expect_logged(logged_tables(run), "Shown: 26 of 100 rows. All are in <code>a/gradients.csv</code>");
    run.rows = 20000;
    expect_logged(logged_tables(run), "Shown: 26 of 20,000 rows.");
    expect_logged(logged_tables(run, 300), "Shown: 4 of 20,000 rows.");
    expect_logged(logged_tables(made_up_run("b", {{1, 1}})), "Also in <code>b/gradients.csv</code>");
}

TEST(LoggedTables, EachValueStandsUnderItsHeading) {
    ReportRun run = made_up_run("a", {{0.5, 2}});
    run.logged.iterations.front().loss = 3;
    run.logged.iterations.front().activation_min = {0.25};
    run.logged.iterations.front().activation_max = {0.75};
    run.logged.epochs = {{1, 4, 0.125, 5, 0.25, 0, 0}};
    const std::string html = logged_tables(run);
    expect_logged(html, "<th scope=\"row\">1</th><td>1</td><td>3</td><td>0.5</td><td>2</td>");
    expect_logged(html, "<th scope=\"row\">1</th><td>1</td><td>0.25…0.75</td>");
    expect_logged(html,
                  "<th scope=\"col\">training loss</th><th scope=\"col\">training error</th>"
                  "<th scope=\"col\">test loss</th><th scope=\"col\">test error</th>");
    expect_logged(html, "<th scope=\"row\">1</th><td>4</td><td>0.125</td><td>5</td><td>0.25</td>");
}

}  // namespace
}  // namespace bnrun
