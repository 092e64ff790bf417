#include "experiment/sweep_trial.h"

#include <gtest/gtest.h>

#include <numeric>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class SweepTrialTest : public testing::Test {
  protected:
    static SweepPlan plan_with(const std::string& axes) {
        return plan_sweep(parse_sweep_spec(R"({"base": {"data": {"source": "synthetic", "train_samples": 20,
            "test_samples": 10}, "model": {"depth": 1, "width": 4}, "train": {"batch_size": 10}}, )" +
                                               axes + "}",
                                           "s.json"),
                          {});
    }

    void try_all(const SweepPlan& plan) {
        std::vector<std::size_t> order(plan.points.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        try_sweep(plan, order, scratch.path("sweep"), data);
    }

    const Scratch scratch;
    DataCache data{2};
};

TEST_F(SweepTrialTest, WhatCanRunPasses) {
    EXPECT_NO_THROW(try_all(plan_with(R"("grid": {"seed": "1:3", "data.train_samples": [20, 30]})")));
    EXPECT_FALSE(std::filesystem::exists(scratch.path("sweep")));
}

TEST_F(SweepTrialTest, WhatNoPointCanReadIsSaidOnce) {
    expect_error<DataError>(
        [&] { try_all(plan_with(R"("set": {"model.init.from": "absent"}, "grid": {"seed": "1:3"})")); },
        {"s.json: set: model.init.from: absent"});
    expect_error<DataError>(
        [&] { try_all(plan_with(R"("set": {"data.source": "idx"}, "grid": {"data.dir": ["nowhere", "neither"]})")); },
        {"nowhere"});
}

TEST_F(SweepTrialTest, WhatSomePointsLackIsLeftToThem) {
    const SweepPlan plan = plan_with(R"("zip": {"seed": "1:2", "model.init.from": ["absent", null]})");
    EXPECT_NO_THROW(try_all(plan));
    EXPECT_NO_THROW(try_sweep(plan, {0}, scratch.path("sweep"), data));  // a share of one, whose sweep has another
}

TEST_F(SweepTrialTest, ANetThatDoesNotFitIsRefusedWithItsPoint) {
    const std::string conv = R"("grid": {"model.layers": [[{"kind": "conv", "channels": 2, "kernel": 3}],
                                [{"kind": "conv", "channels": 2, "kernel": 99}]])";
    const std::string base = R"("set": {"model": {}}, )";
    expect_error<ConfigError>([&] { try_all(plan_with(base + conv + "}")); }, {"point layers=", "99", "kernel"});
    expect_error<ConfigError>([&] { try_all(plan_with(base + conv + R"(, "seed": [1, 2]})")); },  // on other data
                              {"point layers=", "99", "seed=1"});
}

TEST_F(SweepTrialTest, ModelsThatHaveNoRoomAreRefusedUnlessNoneIsSaved) {
    const std::string huge = R"("set": {"model.width": 65536, "model.depth": 1000, "train.save_model": SAVED},
                                "grid": {"seed": "1:100"})";
    const auto saved = [&](const std::string& text) { return std::string(huge).replace(huge.find("SAVED"), 5, text); };
    expect_error<DataError>([&] { try_all(plan_with(saved("true"))); }, {"models of 100 runs", "room", "save_model"});
    EXPECT_NO_THROW(try_all(plan_with(saved("false"))));
}

}  // namespace
}  // namespace bnrun
