#include "experiment/stored_sweep.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "experiment/sweep_directory.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(StoredSweep, IsThePlanOfItsFileAndHowFarEachPointIs) {
    const Scratch scratch;
    const SweepPlan plan = plan_sweep(parse_sweep_spec(R"({"base": {}, "grid": {"seed": [1, 2]}})", "s.json"), {});
    EXPECT_FALSE(is_sweep(scratch.path()));
    EXPECT_FALSE(is_sweep(scratch.path("absent")));
    write_sweep_file(scratch.path(), plan, false);
    EXPECT_TRUE(is_sweep(scratch.path()));
    std::filesystem::create_directory(scratch.path("seed=2"));
    const RunConfig config(plan.points[1].config);
    (void)scratch.put("seed=2/config.json", config.text);
    (void)scratch.put("seed=2/summary.json",
                      R"({"status": "done", "test_error": 0.25, "config_sha256": ")" + config.sha256 + R"("})");
    const StoredSweep sweep = read_stored_sweep(scratch.path());
    ASSERT_EQ(sweep.results.size(), 2U);
    EXPECT_EQ(sweep.plan.points[1].name, "seed=2");
    EXPECT_EQ(sweep.results[0].state, PointState::kMissing);
    EXPECT_EQ(sweep.results[1].state, PointState::kDone);
    EXPECT_EQ(sweep.results[1].stored.test_error, 0.25);
}

TEST(StoredSweep, AFaultOfItsFileIsOneOfData) {
    const Scratch scratch;
    expect_error<DataError>([&] { (void)read_stored_sweep(scratch.path()); }, {"sweep.json"});
    (void)scratch.put("sweep.json", R"({"base": {"model": {"depth": -1}}})");
    expect_error<DataError>([&] { (void)read_stored_sweep(scratch.path()); }, {"sweep.json", "depth"});
}

}  // namespace
}  // namespace bnrun
