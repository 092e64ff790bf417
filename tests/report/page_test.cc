// The page's own data for its script: names and points, and that no text of a run can end the script element.
#include "report/page.h"

#include <gtest/gtest.h>

#include "report/assets.h"
#include "support/report_runs.h"

namespace bnrun {
namespace {

std::string data_of(const ReportData& data) {
    const std::string page = report_page(data, 1);
    const std::size_t from = page.find("id=\"data\">") + 10;
    return page.substr(from, page.find("</script>", from) - from);
}

TEST(Page, CarriesWhatEachPointOfALossCurveStandsFor) {
    ReportRun run = made_up_run("run", {{1, 1}, {1, 1}});
    run.logged.iterations[0].loss = 2.5;
    run.logged.iterations[1].loss = 0.25;
    const std::string json = data_of(one_group({run}));
    EXPECT_NE(json.find(R"("loss-0":["iteration",["","1+1","2.5 0.25"]])"), std::string::npos) << json;
    EXPECT_NE(json.find(R"(["layer 2","1+1","1 1"])"), std::string::npos) << json;
}

TEST(Page, ARunsNameCannotEndTheScriptOrItsText) {
    const std::string json = data_of(each_alone({made_up_run("a\"\\</script><b>", {{1, 1}})}));
    EXPECT_EQ(json.rfind(R"({"names":["a\"\\\u003c/script>\u003cb>"],)", 0), 0U) << json;
}

TEST(Page, OpensAtTheFirstStepThatIsNotBeforeTheOneAskedFor) {
    ReportRun run = made_up_run("run", {{1, 1}, {1, 1}, {1, 1}});
    for (IterationRecord& row : run.logged.iterations) row.iteration *= 10;
    for (IterationRecord& row : run.logged.iterations) row.iterations = 30;
    const std::string page = report_page(one_group({run}), 11);
    EXPECT_NE(page.find("value=\"1\" aria-valuetext=\"epoch 1, iteration 20 of 30\""), std::string::npos);
}

TEST(Page, OpensAtTheStepAskedForWhereEveryRowCannotBeAStop) {
    ReportRun run = made_up_run("run", std::vector<std::vector<double>>(700, {1, 1}));
    const std::string page = report_page(one_group({run}), 11);
    EXPECT_NE(page.find("aria-valuetext=\"epoch 1, iteration 11 of 700\""), std::string::npos);
    EXPECT_NE(page.find("every 3rd of 700 rows"), std::string::npos);
}

TEST(Page, SaysWhereRunsLoggedDifferentNorms) {
    ReportData data = each_alone({made_up_run("a", {{1, 1}}), made_up_run("b", {{1, 1}})});
    EXPECT_EQ(report_page(data, 1).find("logged different norms"), std::string::npos);
    data.runs[1].settings[1].second = "\"frobenius\"";
    const std::string page = report_page(data, 1);
    EXPECT_NE(page.find("logged different norms (frobenius, spectral)"), std::string::npos);
    EXPECT_NE(page.find("norm (frobenius, spectral) of dLoss/dW"), std::string::npos);
}

TEST(Page, OfRunsThatObservedNeitherGradientsNorActivationsHasTheRest) {
    ReportRun run = made_up_run("a", {{}, {}});
    const std::string page = report_page(one_group({run}), 1);
    EXPECT_NE(page.find("No iteration of it was logged."), std::string::npos);
    EXPECT_NE(page.find("data-chart=\"loss\""), std::string::npos);
    EXPECT_NE(page.find("a/iterations.csv"), std::string::npos);
}

TEST(Page, WithoutItsScriptNothingIsThereToPress) {
    const std::string page = report_page(one_group({made_up_run("a", {{1, 1}, {1, 1}})}), 1);
    EXPECT_NE(page.find("<div class=\"player\" hidden>"), std::string::npos);
    EXPECT_NE(page.find("data-toggles=\"0\" disabled>"), std::string::npos);
}

TEST(Page, ItsScriptDrawsNoDataItself) {
    const std::string script(report_js());
    for (const char* word : {"Math.log", "\"M", "`M", "innerHTML"}) {
        EXPECT_EQ(script.find(word), std::string::npos) << word;
    }
}

}  // namespace
}  // namespace bnrun
