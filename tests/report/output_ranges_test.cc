#include "report/output_ranges.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

/// Two hidden layers over two iterations, with the quantiles of so many layers, logged at the first.
ReportData with_quantiles(std::size_t layers) {
    ReportRun run = made_up_run("a", {{1, 1, 1}, {1, 1, 1}});
    for (IterationRecord& row : run.logged.iterations) {
        row.activation_min = {0, 0};
        row.activation_max = {1, 1};
    }
    LoggedRow values{1, 1, {}};
    for (const char* quantity : {"output_q1", "output_q15", "output_q85", "output_q99"}) {
        for (std::size_t l = 1; l <= layers; ++l) {
            run.logged.layers.columns.push_back(quantity + ("/layer_" + std::to_string(l)));
            values.values.push_back(0.1 * static_cast<double>(run.logged.layers.columns.size()));
        }
    }
    run.logged.layers.rows.push_back(values);
    return one_group({run});
}

TEST(OutputRanges, AreQuantilesOfTheLatestRowWhereEveryLayerHasThem) {
    const ReportData data = with_quantiles(2);
    const OutputRanges ranges(data, data.groups[0]);
    EXPECT_TRUE(ranges.are_quantiles());
    const MeanRanges found = ranges.at(2);
    ASSERT_EQ(found.low.size(), 2U);
    EXPECT_NEAR(found.lowest[0], 0.1, 1e-12);
    EXPECT_NEAR(found.low[1], 0.4, 1e-12);
    EXPECT_NEAR(found.high[0], 0.5, 1e-12);
    EXPECT_NEAR(found.highest[1], 0.8, 1e-12);
    EXPECT_TRUE(ranges.at(0).low.empty());
}

TEST(OutputRanges, AreExtremesWhereALayerHasNoQuantiles) {
    const ReportData data = with_quantiles(1);
    const OutputRanges ranges(data, data.groups[0]);
    EXPECT_FALSE(ranges.are_quantiles());
    EXPECT_EQ(ranges.at(1).high, (std::vector<double>{1, 1}));
}

}  // namespace
}  // namespace bnrun
