#include "report/sweep_series.h"

#include <fmt/format.h>
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
    EXPECT_EQ(series.curves[0].cells[0].values, (std::vector<double>{0.8, 0.6}));
    EXPECT_EQ(series.curves[0].cells[0].runs, (std::vector<std::string>{"run", "run"}));
    EXPECT_EQ(series.curves[0].cells[1].troubles, (std::vector<std::string>{"diverged"}));
    EXPECT_EQ(series.curves[1].label, "batch_norm=true");
}

SweepSummary measured() {
    SweepRow first = row({"1", "7"}, 0.5);
    first.train_error = 0.25;
    first.train_loss = 2;
    first.test_loss = 3;
    SweepRow second = row({"2", "8"}, 0.5);
    second.values[1] = "";
    return {{"train.l2", "distance"}, {first, second}, {}};
}

TEST(SweepSeries, ShowsTheColumnAskedFor) {
    const auto first_of = [](const std::string& y) {
        const SweepSeries series = sweep_series(measured(), y);
        return series.measure + fmt::format(" {}", series.curves.front().cells.front().values.front());
    };
    EXPECT_EQ(first_of("test_error"), "test error 0.5");
    EXPECT_EQ(first_of("train_error"), "training error 0.25");
    EXPECT_EQ(first_of("test_loss"), "test loss 3");
    EXPECT_EQ(first_of("train_loss"), "training loss 2");
    EXPECT_EQ(first_of("distance"), "distance 7");
}

TEST(SweepSeries, AColumnThatIsShownIsNoAxisAndWhereItLacksANumberThereIsNoResult) {
    const SweepSeries series = sweep_series(measured(), "distance");
    EXPECT_EQ(series.axis, "train.l2");
    ASSERT_EQ(series.curves.size(), 1U);
    ASSERT_EQ(series.curves[0].cells.size(), 2U);
    EXPECT_EQ(series.curves[0].cells[1].troubles, (std::vector<std::string>{"done"}));
}

TEST(SweepSeries, MeasuresAreResultsAndColumnsOfNumbers) {
    SweepSummary sweep = measured();
    sweep.axes.emplace_back("config");
    for (SweepRow& each : sweep.rows) each.values.emplace_back("relu");
    EXPECT_EQ(measures_of(sweep), (std::vector<std::string>{"test_error", "train_error", "test_loss", "train_loss",
                                                            "train.l2", "distance"}));
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
