#include "experiment/sweep_workers.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "data/load_dataset.h"
#include "experiment/inputs.h"
#include "experiment/run.h"
#include "support/held_run.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(EstimatedCost, IsEpochsTimesSamplesTimesWeights) {
    Config config;
    config.train.epochs = 2;
    config.data.train_samples = 100;
    config.model.hidden = {5, 3};
    EXPECT_EQ(estimated_cost(config), 2.0 * 100 * (784 * 5 + 5 * 3 + 3 * 10));
}

TEST(SweepWorkers, WhatIsDoneIsWeighedByCost) {
    const Scratch scratch;
    const SweepPlan plan = two_runs();
    const std::vector<std::size_t> order{0, 1};
    Gate gate;
    SweepOptions options;
    options.stop_requested = [] { return false; };
    options.make_reporter = [&] { return std::make_unique<HoldingReporter>(gate); };
    const std::string out = scratch.path("sweep");
    const Shares one_at_a_time;
    DataCache data(1);
    SweepWorkers workers(plan, order, out, one_at_a_time, options, data);
    gate.wait_until_reached();
    SweepProgress progress;
    EXPECT_DOUBLE_EQ(workers.fraction_done(progress), 0.5 * 3 / 4);
    EXPECT_EQ(progress.running, 1U);
    EXPECT_EQ(progress.left, 1U);
    gate.open();
    std::vector<std::size_t> ended;
    while (!workers.have_ended()) {
        if (const std::optional<RunEnd> end = workers.next_end()) ended.push_back(end->point);
    }
    EXPECT_EQ(ended, order);
    EXPECT_EQ(workers.fraction_done(progress), 1);
    EXPECT_EQ(progress.running, 0U);
    EXPECT_EQ(progress.left, 0U);
}

/// As by Ctrl-C while it loads its data.
TEST(SweepWorkers, ARunThatIsStoppedBeforeItBeginsReplacesNothing) {
    const Scratch scratch;
    const Config config = two_runs().points[1].config;
    const std::string text = R"({"status": "done"})";
    for (const bool replaces_another : {true, false}) {
        const RunClaim claim = RunClaim::take(scratch.path("run")).value();
        (void)scratch.put("run/summary.json", text);
        (void)scratch.put("run/epochs.csv", "rows");
        bool is_stopped = false;
        RunOptions options;
        options.replaces_another = replaces_another;
        options.stop_requested = [&] { return is_stopped; };
        const DatasetSource data = [&](const Config& of) {
            is_stopped = true;
            return std::make_shared<const Dataset>(load_dataset(of));
        };
        Gate gate;
        gate.open();
        HoldingReporter reporter(gate);
        expect_error<Error>([&] { run_claimed(RunConfig(config), claim, options, data, reporter); },
                            {"nothing was written"});
        EXPECT_EQ(scratch.get("run/summary.json"), text);
        EXPECT_EQ(scratch.get("run/epochs.csv"), "rows");
        EXPECT_FALSE(std::filesystem::exists(scratch.path("run/config.json")));
    }
}

}  // namespace
}  // namespace bnrun
