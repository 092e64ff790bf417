#include "report/data.h"

#include <gtest/gtest.h>

#include "support/report_runs.h"

namespace bnrun {
namespace {

TEST(ReportRun, GivesASettingAsPeopleReadIt) {
    ReportRun run;
    run.settings = {{"model.activation", "\"relu\""}, {"train.l2", "0.0001"}, {"model.hidden", "[3,4]"}};
    EXPECT_EQ(run.setting("model.activation"), "relu");
    EXPECT_EQ(run.setting("train.l2"), "1e-4");
    EXPECT_EQ(run.setting("model.hidden"), "3-4");
    EXPECT_EQ(run.setting("seed"), "");
}

TEST(ReportRun, HasTheLayersOfItsFirstRow) {
    EXPECT_EQ(made_up_run("a", {}).layers(), 0U);
    EXPECT_EQ(made_up_run("a", {{1, 2, 3}}).layers(), 3U);
}

}  // namespace
}  // namespace bnrun
