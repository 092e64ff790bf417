#include "report/sweep_series.h"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

namespace bnrun {
namespace {

SweepRow row(std::vector<std::string> values, double error, const std::string& status = "done") {
    return {"run", std::move(values), status, {}, status == "done" ? std::optional(error) : std::nullopt};
}

TEST(SweepSeries, OneCurveForEachValueBesideTheNumericAxis) {
    const SweepSeries series =
        sweep_series({{"model.batch_norm", "train.optimizer.learning_rate", "seed"},
                      {row({"false", "0.1", "1"}, 0, "diverged"), row({"false", "1e-4", "1"}, 0.8),
                       row({"false", "1e-4", "2"}, 0.6), row({"true", "0.1", "1"}, 0.1)},
                      {}});
    EXPECT_EQ(series.axis, "train.optimizer.learning_rate");
    ASSERT_EQ(series.curves.size(), 2U);
    EXPECT_EQ(series.curves[0].label, "batch_norm=false");
    ASSERT_EQ(series.curves[0].cells.size(), 2U);
    EXPECT_EQ(series.curves[0].cells[0].x, 1e-4);
    EXPECT_EQ(series.curves[0].cells[0].test_errors, (std::vector<double>{0.8, 0.6}));
    EXPECT_EQ(series.curves[0].cells[0].runs, (std::vector<std::string>{"run", "run"}));
    EXPECT_EQ(series.curves[0].cells[1].troubles, (std::vector<std::string>{"diverged"}));
    EXPECT_EQ(series.curves[1].label, "batch_norm=true");
}

TEST(SweepSeries, KeysThatGoInStepAreOneAxis) {
    const SweepSeries series = sweep_series({{"model.depth", "name"}, {row({"5", "a"}, 1), row({"10", "b"}, 1)}, {}});
    EXPECT_EQ(series.axis, "model.depth");
    EXPECT_EQ(series.curves.size(), 1U);
}

TEST(SweepSeries, AnAxisHasFiniteNumbers) {
    EXPECT_EQ(sweep_series({{"train.l2"}, {{"a", {"nan"}, "done", 1, 1}, {"b", {"1"}, "done", 1, 1}}, {}}).axis, "");
    EXPECT_EQ(sweep_series({{"train.l2"}, {{"a", {"inf"}, "done", 1, 1}, {"b", {"1"}, "done", 1, 1}}, {}}).axis, "");
}

TEST(SweepSeries, WithoutNumbersEachSettingIsARow) {
    const SweepSeries series =
        sweep_series({{"model.batch_norm", "seed"}, {row({"false", "1"}, 1), row({"true", "1"}, 1)}, {}});
    EXPECT_EQ(series.axis, "");
    EXPECT_EQ(series.curves.size(), 2U);
}

}  // namespace
}  // namespace bnrun
