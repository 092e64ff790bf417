// Means over seeds: what counts, and which mean.
#include "report/averages.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/report_runs.h"

namespace bnrun {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

ReportRun with_status(ReportRun run, const char* status) {
    run.status = status;
    return run;
}

TEST(CountedRuns, AreThoseThatAreNotLostUnlessAllAre) {
    ReportData data =
        one_group({made_up_run("a", {}), with_status(made_up_run("b", {}), "diverged"),
                   with_status(made_up_run("c", {}), "failed"), with_status(made_up_run("d", {}), "running")});
    EXPECT_EQ(counted_runs(data, data.groups[0]), (std::vector<std::size_t>{0, 3}));
    data.groups[0].runs = {1, 2};
    EXPECT_EQ(counted_runs(data, data.groups[0]), (std::vector<std::size_t>{1, 2}));
}

TEST(Trouble, CountsWhatIsNotDone) {
    ReportData data = one_group({made_up_run("a", {}), with_status(made_up_run("b", {}), "diverged")});
    EXPECT_EQ(trouble_of(data, data.groups[0]), "1 of 2 diverged");
    data.groups[0].runs = {1};
    EXPECT_EQ(trouble_of(data, data.groups[0]), "diverged");
    EXPECT_EQ(result_text(data, data.groups[0], &ReportRun::test_error), "diverged");
    data.groups[0].runs = {0};
    EXPECT_EQ(trouble_of(data, data.groups[0]), "");
}

TEST(Errors, OfADivergedRunAreNoResult) {
    ReportRun done = made_up_run("a", {});
    ReportRun lost = with_status(made_up_run("b", {}), "diverged");
    done.test_error = 0.25;
    lost.test_error = 0.75;
    const ReportData data = one_group({done, lost});
    EXPECT_EQ(errors_of(data, data.groups[0], &ReportRun::test_error), (std::vector<double>{0.25}));
}

TEST(MeanNorms, AreGeometricWithOneDeviationOfTheLogarithm) {
    const ReportData data = one_group({made_up_run("a", {{1e-4, 2}}), made_up_run("b", {{1e-2, 2}})});
    const MeanNorms norms = mean_norms(data, data.groups[0], 1);
    const double deviation = std::sqrt(2.0);  // of the decades -4 and -2
    ASSERT_EQ(norms.mean.size(), 2U);
    EXPECT_NEAR(norms.mean[0], 1e-3, 1e-12);
    EXPECT_NEAR(std::log10(norms.low[0]), -3 - deviation, 1e-9);
    EXPECT_NEAR(std::log10(norms.high[0]), -3 + deviation, 1e-9);
    EXPECT_NEAR(norms.mean[1], 2, 1e-12);
}

TEST(MeanNorms, OfOneRunAreItsOwnToTheBitAndHaveNoSpread) {
    const ReportData data = one_group({made_up_run("a", {{0.1, 0}})});
    const MeanNorms norms = mean_norms(data, data.groups[0], 1);
    EXPECT_EQ(norms.mean, (std::vector<double>{0.1, 0}));
    EXPECT_TRUE(norms.low.empty());
}

TEST(MeanNorms, LeaveOutWhatIsNotPositiveAndFinite) {
    const ReportData data = one_group({made_up_run("a", {{0, 0}}), made_up_run("b", {{0.5, 0}})});
    const MeanNorms norms = mean_norms(data, data.groups[0], 1);
    EXPECT_NEAR(norms.mean[0], 0.5, 1e-15);
    EXPECT_EQ(norms.mean[1], 0);
}

TEST(MeanNorms, AtAStepAreOfTheRunsThatHaveARowThere) {
    const ReportData data = one_group({made_up_run("a", {{1, 1}, {4, 4}}), made_up_run("b", {{1, 1}})});
    EXPECT_EQ(mean_norms(data, data.groups[0], 2).mean, (std::vector<double>{4, 4}));
    EXPECT_TRUE(mean_norms(data, data.groups[0], 3).mean.empty());
}

TEST(MeanRanges, AreMeansOfBothEndsAndTheOutermostOfAll) {
    ReportRun a = made_up_run("a", {{1, 1}});
    ReportRun b = a;
    a.logged.iterations[0].activation_min = {0.1};
    a.logged.iterations[0].activation_max = {0.5};
    b.logged.iterations[0].activation_min = {0.3};
    b.logged.iterations[0].activation_max = {0.9};
    const ReportData data = one_group({a, b});
    const MeanRanges ranges = mean_ranges(data, data.groups[0], 1);
    EXPECT_NEAR(ranges.low[0], 0.2, 1e-15);
    EXPECT_NEAR(ranges.high[0], 0.7, 1e-15);
    EXPECT_EQ(ranges.lowest[0], 0.1);
    EXPECT_EQ(ranges.highest[0], 0.9);
}

TEST(MeanLosses, HaveADeviationToEitherSide) {
    ReportRun a = made_up_run("a", {{1, 1}, {1, 1}});
    ReportRun b = a;
    a.logged.iterations[0].loss = 1;
    b.logged.iterations[0].loss = 3;
    b.logged.iterations[1].loss = kNan;
    const ReportData data = one_group({a, b});
    const MeanCurve curve = mean_losses(data, data.groups[0]);
    EXPECT_EQ(curve.x, (std::vector<double>{1, 2}));
    EXPECT_EQ(curve.mean, (std::vector<double>{2, 1})) << "of the finite ones";
    EXPECT_NEAR(curve.low[0], 2 - std::sqrt(2.0), 1e-12);
    EXPECT_NEAR(curve.high[0], 2 + std::sqrt(2.0), 1e-12);
}

TEST(MeanNormCurves, AreOneForEachLayer) {
    const ReportData data = one_group({made_up_run("a", {{1, 2}, {3, 4}})});
    const std::vector<MeanCurve> curves = mean_norm_curves(data, data.groups[0]);
    ASSERT_EQ(curves.size(), 2U);
    EXPECT_EQ(curves[1].mean, (std::vector<double>{2, 4}));
    EXPECT_TRUE(curves[1].low.empty());
}

TEST(MeanEpochs, AreOverTheRunsThatHaveTheEpoch) {
    ReportRun a = made_up_run("a", {});
    ReportRun b = a;
    a.logged.epochs = {{1, 1, 0.5, 1, 0.2, 0, 0}, {2, 1, 0.5, 1, 0.1, 0, 0}};
    b.logged.epochs = {{1, 1, 0.5, 1, 0.4, 0, 0}};
    const ReportData data = one_group({a, b});
    const MeanCurve curve =
        mean_epochs(data, data.groups[0], [](const EpochRecord& row) { return std::optional(row.test_error); });
    EXPECT_EQ(curve.x, (std::vector<double>{1, 2}));
    EXPECT_NEAR(curve.mean[0], 0.3, 1e-15);
    EXPECT_NEAR(curve.mean[1], 0.1, 1e-15);
    EXPECT_TRUE(
        mean_epochs(data, data.groups[0], [](const EpochRecord&) { return std::optional<double>(); }).x.empty());
}

}  // namespace
}  // namespace bnrun
