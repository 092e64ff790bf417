// A sweep of two numeric keys as a map of colours.
#include "report/figures/sweep_map.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

SweepRow point(const char* rate, const char* depth, double error, const char* status = "done") {
    return {"run", {rate, depth}, status, {}, error};
}

ReportData mapped(std::vector<SweepRow> rows) {
    ReportData data;
    data.sweep = SweepSummary{{"train.rate", "model.depth"}, std::move(rows), {}};
    return data;
}

ReportData two_by_two() {
    return mapped({point("0.1", "5", 0.25), point("0.1", "10", 0.5), point("0.2", "5", 0.125),
                   point("0.2", "10", 0.9, "diverged"), point("0.1", "5", 0.5), point("0.3", "5", 0.5)});
}

TEST(SweepMap, HasTheMeanOfEachPairOfValues) {
    const Figure figure = sweep_map(two_by_two()).value();
    EXPECT_EQ(figure.heading, "Test error over rate and depth");
    ASSERT_EQ(figure.drawings.size(), 1U);
    const std::string body = figure.drawings.front().body;
    for (const char* title : {"model.depth 5, train.rate 0.1: 0.3750 ± 0.1768", "model.depth 5, train.rate 0.2: 0.1250",
                              "model.depth 10, train.rate 0.2: 1 of 1 diverged"}) {
        EXPECT_NE(body.find("<title>" + std::string(title) + "</title>"), std::string::npos) << title << body;
    }
    EXPECT_NE(body.find("class=\"best\""), std::string::npos) << "the lowest is outlined";
    EXPECT_LT(body.find(">10</text>"), body.find(">5</text>")) << "the smallest is at the bottom";
}

TEST(SweepMap, IsNoneWithoutTwoKeysOfNumbersThatVaryByThemselves) {
    EXPECT_FALSE(sweep_map(mapped({point("0.1", "5", 0.25), point("0.2", "5", 0.5)})));
    EXPECT_FALSE(sweep_map(mapped({point("0.1", "5", 0.25), point("0.2", "6", 0.5)}))) << "in step";
    EXPECT_FALSE(sweep_map(mapped({point("0.1", "a", 0.25), point("0.2", "b", 0.5), point("0.1", "b", 0.5)})));
    EXPECT_FALSE(sweep_map(ReportData()));
}

TEST(SweepMap, IsNoneWhereNothingHasAResult) {
    EXPECT_FALSE(sweep_map(mapped({point("1", "5", 1, "failed"), point("1", "6", 1, "failed"),
                                   point("2", "5", 1, "failed"), point("2", "6", 1, "failed")})));
}

}  // namespace
}  // namespace bnrun
