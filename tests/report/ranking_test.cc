#include "report/ranking.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

ReportRun with_errors(std::optional<double> test, std::optional<double> validation, const char* status = "done") {
    ReportRun run = made_up_run("run", {});
    run.test_error = test;
    run.validation_error = validation;
    run.status = status;
    return run;
}

TEST(Ranked, TheLowestTestErrorIsFirstAndWhatHasNoneLast) {
    const ReportData data = each_alone({with_errors({}, {}), with_errors(0.3, {}), with_errors(0.1, {}),
                                        with_errors(0.01, {}, "diverged"), with_errors(0.2, {})});
    EXPECT_EQ(ranked(data), (std::vector<std::size_t>{2, 4, 1, 0, 3})) << "an error before divergence is no result";
    EXPECT_EQ(ranking_name(data), "test error");
}

TEST(Ranked, TheValidationErrorDecidesWhereThereIsOne) {
    const ReportData data = each_alone({with_errors(0.1, 0.3), with_errors(0.2, 0.2)});
    EXPECT_EQ(ranked(data), (std::vector<std::size_t>{1, 0}));
    EXPECT_EQ(ranking_name(data), "validation error");
}

}  // namespace
}  // namespace bnrun
