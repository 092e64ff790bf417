#include "report/show_sweep.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

SweepRow sweep_row(const std::string& rate, const std::string& act, const std::string& seed, const std::string& status,
                   std::optional<double> error) {
    SweepRow row;
    row.run = rate + act + seed;
    row.values = {rate, act, seed};
    row.status = status;
    row.test_error = error;
    if (error) row.train_error = *error * 2;
    return row;
}

/// Two rates and two activations with two seeds each; one point diverged and one failed.
SweepSummary small_sweep() {
    SweepSummary sweep;
    sweep.axes = {"train.rate", "model.act", "seed"};
    sweep.rows = {sweep_row("10", "relu", "1", "done", 0.25),  sweep_row("10", "relu", "2", "done", 0.75),
                  sweep_row("10", "tanh", "1", "done", 0.125), sweep_row("10", "tanh", "2", "diverged", {}),
                  sweep_row("9", "relu", "1", "failed", {}),   sweep_row("9", "relu", "2", "missing", {}),
                  sweep_row("9", "tanh", "1", "done", 0.25),   sweep_row("9", "tanh", "2", "done", 0.25)};
    return sweep;
}

std::string order(const SweepChoice& choice, const SweepSummary& sweep = small_sweep()) {
    std::string text;
    for (const SweepSetting& setting : shown_sweep(sweep, "sweep", choice).settings) {
        text += (text.empty() ? "" : " ") + setting.values[0] + setting.values[1] + (setting.is_best ? "*" : "");
    }
    return text;
}

TEST(ShownSweep, TakesSeedsTogether) {
    const ShownSweep sweep = shown_sweep(small_sweep(), "sweep", {});
    EXPECT_EQ(sweep.axes, (std::vector<std::string>{"train.rate", "model.act"}));
    ASSERT_EQ(sweep.settings.size(), 4U);
    const SweepSetting& third = sweep.settings[2];
    EXPECT_EQ(third.values, (std::vector<std::string>{"10", "relu"}));
    EXPECT_EQ(third.test_error.mean, 0.5);
    EXPECT_NEAR(third.test_error.deviation, 0.35355339, 1e-8);
    EXPECT_EQ(third.train_error.mean, 1);
    EXPECT_EQ(third.points, 2U);
    EXPECT_EQ(third.done, 2U);
}

TEST(ShownSweep, CountsPointsThatDivergedOrFailedApart) {
    const ShownSweep sweep = shown_sweep(small_sweep(), "sweep", {});
    EXPECT_EQ(sweep.settings[0].values[1], "tanh");
    EXPECT_EQ(sweep.settings[0].diverged, 1U);
    EXPECT_EQ(sweep.settings[0].done, 1U);
    EXPECT_EQ(sweep.settings[3].failed, 1U);
    EXPECT_EQ(sweep.all.points, 8U);
    EXPECT_EQ(sweep.all.done, 5U);
    EXPECT_EQ(sweep.all.diverged, 1U);
    EXPECT_EQ(sweep.all.failed, 1U);
}

TEST(ShownSweep, BestIsFirstAndWhatHasNoResultLast) { EXPECT_EQ(order({}), "10tanh* 9tanh 10relu 9relu"); }

TEST(ShownSweep, SortsByAnyColumnNumbersBySize) {
    EXPECT_EQ(order({"rate", {}, {}}), "9relu 9tanh 10relu 10tanh*");
    EXPECT_EQ(order({"train.rate", {}, {}}), "9relu 9tanh 10relu 10tanh*");
    EXPECT_EQ(order({"-rate", {}, {}}), "10relu 10tanh* 9relu 9tanh");
    EXPECT_EQ(order({"-act", {}, {}}), "10tanh* 9tanh 10relu 9relu");
    EXPECT_EQ(order({"-n", {}, {}}), "10relu 9tanh 10tanh* 9relu");
    EXPECT_EQ(order({"-diverged", {}, {}}).substr(0, 7), "10tanh*");
    EXPECT_EQ(order({"-failed", {}, {}}).substr(0, 5), "9relu");
    EXPECT_EQ(order({"train_error", {}, {}}), "10tanh* 9tanh 10relu 9relu");
    expect_error<ConfigError>(
        [] {
            (void)order({"seed", {}, {}});
        },
        {"--sort seed: no such column; expected rate, act, test_error, validation_error"});
}

TEST(ShownSweep, TopLeavesTheFirstOfThemAndTheMark) {
    EXPECT_EQ(order({{}, 2, {}}), "10tanh* 9tanh");
    EXPECT_EQ(shown_sweep(small_sweep(), "sweep", {{}, 3, {}}).left_out, 1U);
    EXPECT_EQ(shown_sweep(small_sweep(), "sweep", {{}, 4, {}}).left_out, 0U);
}

TEST(ShownSweep, WhereLeavesThePointsThatHaveTheValue) {
    EXPECT_EQ(order({{}, {}, {"act=relu"}}), "10relu* 9relu");
    EXPECT_EQ(order({{}, {}, {"rate=1e1", "act=tanh"}}), "10tanh*");
    EXPECT_EQ(shown_sweep(small_sweep(), "sweep", {{}, {}, {"seed=2"}}).all.points, 4U);
    expect_error<ConfigError>(
        [] {
            (void)order({{}, {}, {"act=elu"}});
        },
        {"no point has that; model.act is relu, tanh"});
    expect_error<ConfigError>(
        [] {
            (void)order({{}, {}, {"l2=1"}});
        },
        {"nothing that the sweep varies has such a key"});
}

TEST(ShownSweep, IsJudgedByValidationWhereEveryResultHasIt) {
    SweepSummary sweep = small_sweep();
    for (SweepRow& row : sweep.rows) {
        if (row.status == "done") row.validation_error = 1 - *row.test_error;
    }
    EXPECT_EQ(order({}, sweep), "10relu* 9tanh 10tanh 9relu");
    EXPECT_TRUE(shown_sweep(sweep, "sweep", {}).by_validation);
    sweep.rows[2].validation_error.reset();
    EXPECT_EQ(order({}, sweep), "10tanh* 9tanh 10relu 9relu");
}

TEST(ShownSweep, WithoutAResultHasNoBest) {
    SweepSummary sweep = small_sweep();
    for (SweepRow& row : sweep.rows) row.test_error.reset();
    EXPECT_EQ(order({}, sweep), "10relu 10tanh 9relu 9tanh");
}

}  // namespace
}  // namespace bnrun
