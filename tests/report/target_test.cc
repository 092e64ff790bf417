#include "report/target.h"

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(ReportTarget, MayBeNewOrAReport) {
    const Scratch scratch;
    EXPECT_NO_THROW(check_report_target(scratch.path("absent.html"), false));
    const std::string mine = scratch.put("mine.html", "<!doctype html>\n<p>" + std::string(64, ' ') + kReportMark);
    expect_error<ConfigError>([&] { check_report_target(mine, false); }, {"mine.html: is there already", "--force"});
    EXPECT_NO_THROW(check_report_target(mine, true));
    const std::string report = scratch.put("report.html", std::string("<!doctype html>\n") + kReportMark);
    EXPECT_NO_THROW(check_report_target(report, false));
}

}  // namespace
}  // namespace bnrun
