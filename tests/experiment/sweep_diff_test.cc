#include "experiment/sweep_diff.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "support/scratch.h"
#include "support/stored_sweeps.h"

namespace bnrun {
namespace {

const std::string kAxes = R"("grid": {"train.l2": [0, 1], "seed": [1, 2, 3]})";

const SettingDiff& row(const SweepDiff& diff, const std::string& setting, const std::string& measure = "test_error") {
    for (const SettingDiff& found : diff.settings) {
        if (found.setting == setting && found.measure == measure) return found;
    }
    throw std::runtime_error("no " + measure + " of " + setting);
}

TEST(SweepDiff, TakesTheMeanOfEachSeedsDifference) {
    const StoredSweep a = made_up_sweep("a", kAxes, {0.1, 0.2, 0.3, 0.5, 0.5, 0.5});
    const StoredSweep b = made_up_sweep("b", kAxes, {0.2, 0.4, 0.6, 0.5, 0.5, 0.5});
    const SweepDiff diff = diff_sweeps(a, b, {});
    EXPECT_EQ(diff.pairs, 6U);
    EXPECT_EQ(diff.paired_by, (std::vector<std::string>{"train.l2", "seed"}));
    const SettingDiff first = row(diff, "l2=0");
    EXPECT_EQ(first.pairs, 3U);
    EXPECT_NEAR(first.a, 0.2, 1e-12);
    EXPECT_NEAR(first.b, 0.4, 1e-12);
    EXPECT_NEAR(first.difference, 0.2, 1e-12);
    ASSERT_TRUE(first.interval.has_value());
    EXPECT_NEAR(first.interval->mean, 0.2, 1e-12);
    EXPECT_NEAR(first.interval->half_width, 4.302652730 * 0.1 / std::sqrt(3), 1e-9);  // the spread is of differences
    EXPECT_FALSE(first.same);
    EXPECT_TRUE(row(diff, "l2=1").same);
    EXPECT_FALSE(diff.same());
}

TEST(SweepDiff, PairsByValuesWhateverTheOrder) {
    const StoredSweep a = made_up_sweep("a", R"("grid": {"seed": [1, 2]})", {0.1, 0.2});
    const StoredSweep b = made_up_sweep("b", R"("grid": {"seed": [2, 1]})", {0.2, 0.1});
    const SweepDiff diff = diff_sweeps(a, b, {});
    EXPECT_TRUE(diff.same());
    EXPECT_EQ(row(diff, "all").pairs, 2U);
}

TEST(SweepDiff, NamesWhatHasNoPartner) {
    const StoredSweep a = made_up_sweep("a", R"("grid": {"seed": [1, 2]})", {0.1, 0.2});
    const StoredSweep b = made_up_sweep("b", R"("grid": {"seed": [2, 3]})", {0.2, 0.1});
    const SweepDiff diff = diff_sweeps(a, b, {});
    EXPECT_EQ(diff.only_a, std::vector<std::string>{"seed=1"});
    EXPECT_EQ(diff.only_b, std::vector<std::string>{"seed=3"});
    EXPECT_EQ(diff.pairs, 1U);
    EXPECT_FALSE(diff.same());
    EXPECT_FALSE(row(diff, "all").interval.has_value());
}

TEST(SweepDiff, ADivergedRunHasNoErrorToCompare) {
    const StoredSweep a = made_up_sweep("a", R"("grid": {"seed": [1, 2, 3]})", {0.1, std::nullopt, std::nullopt});
    const StoredSweep b = made_up_sweep("b", R"("grid": {"seed": [1, 2, 3]})", {0.1, std::nullopt, 0.2});
    const SweepDiff diff = diff_sweeps(a, b, {});
    EXPECT_EQ(diff.without_errors, 1U);
    EXPECT_EQ(diff.unlike, std::vector<std::string>{"seed=3 (A diverged, B done)"});
    EXPECT_EQ(row(diff, "all").pairs, 1U);
    EXPECT_FALSE(diff.same());
    EXPECT_TRUE(diff_sweeps(a, a, {}).same());
}

TEST(SweepDiff, AKeyThatOneVariesAloneIsRefusedUnlessItHasOneValue) {
    const StoredSweep seeds = made_up_sweep("a", R"("grid": {"seed": [1, 2]})", {0.1, 0.2});
    const StoredSweep both = made_up_sweep("b", R"("grid": {"train.l2": [0, 1], "seed": [1]})", {0.1, 0.2});
    const StoredSweep one = made_up_sweep("c", R"("grid": {"train.l2": [1], "seed": [1, 2]})", {0.1, 0.3});
    for (const auto& pair : {std::pair(seeds, both), std::pair(both, seeds)}) {
        expect_error<ConfigError>([&] { (void)diff_sweeps(pair.first, pair.second, {}); },
                                  {"b varies train.l2, and a does not"});
    }
    const SweepDiff diff = diff_sweeps(seeds, one, {});
    EXPECT_EQ(diff.pairs, 2U);
    ASSERT_EQ(diff.config.size(), 1U);
    EXPECT_EQ(diff.config[0].key, "train.l2");
}

TEST(SweepDiff, ATolerancePassesSmallDifferences) {
    const StoredSweep a = made_up_sweep("a", R"("grid": {"seed": [1]})", {0.5});
    const StoredSweep b = made_up_sweep("b", R"("grid": {"seed": [1]})", {0.505});
    EXPECT_FALSE(diff_sweeps(a, b, {}).same());
    EXPECT_TRUE(diff_sweeps(a, b, {0.01, 0}).same());
    EXPECT_TRUE(diff_sweeps(a, b, {0, 0.01}).same());
    EXPECT_FALSE(diff_sweeps(a, b, {0, 0.001}).same());
}

TEST(SweepDiff, ValidationErrorsComeFirst) {
    StoredSweep a = made_up_sweep("a", R"("grid": {"seed": [1]})", {0.5});
    a.results[0].stored.validation_error = 0.25;
    a.results[0].stored.train_error = 0.125;
    const SweepDiff diff = diff_sweeps(a, a, {});
    ASSERT_EQ(diff.settings.size(), 3U);
    EXPECT_EQ(diff.settings[0].measure, "validation_error");
    EXPECT_EQ(diff.settings[0].a, 0.25);
    EXPECT_EQ(diff.settings[2].b, 0.125);
}

}  // namespace
}  // namespace bnrun
