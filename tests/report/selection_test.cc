// What names a run on the command line, and which runs --where leaves.
#include "report/selection.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "support/report_runs.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

ReportRun with(const std::string& name, const ConfigValues& settings) {
    ReportRun run = made_up_run("sweep/" + name, {});
    run.settings = settings;
    return run;
}

ReportData three() {
    ReportData data;
    data.runs = {with("a", {{"name", "\"a\""}, {"train.optimizer.name", "\"sgd\""}, {"train.l2", "0.0001"}}),
                 with("b", {{"name", "\"b\""}, {"train.optimizer.name", "\"sgd\""}, {"train.l2", "1"}}),
                 with("c", {{"name", "\"c\""}, {"train.optimizer.name", "\"adam\""}, {"train.l2", "1"}})};
    data.sweep.emplace();
    for (const char* name : {"a", "b", "c", "d"}) data.sweep->rows.emplace_back().run = name;
    return data;
}

std::string left_of(const std::vector<std::string>& conditions) {
    ReportData data = three();
    select_runs(data, conditions);
    std::string names;
    for (const ReportRun& run : data.runs) names += run.label;
    names += "|";
    for (const SweepRow& row : data.sweep->rows) names += row.run;
    return names;
}

TEST(SelectRuns, LeavesTheRunsWithTheValueAndTheirRowsOfTheSummary) {
    EXPECT_EQ(left_of({"train.optimizer.name=sgd"}), "sweep/asweep/b|ab");
    EXPECT_EQ(left_of({"train.optimizer.name=sgd", "l2=1"}), "sweep/b|b");
    EXPECT_EQ(left_of({}), "sweep/asweep/bsweep/c|abcd");
}

TEST(SelectRuns, TheLastPartsOfAKeyWillDoButAWholeKeyIsMeantFirst) {
    EXPECT_EQ(left_of({"optimizer.name=adam"}), "sweep/c|c");
    EXPECT_EQ(left_of({"name=a"}), "sweep/a|a");
}

TEST(SelectRuns, NumbersCompareAsNumbers) { EXPECT_EQ(left_of({"l2=1e-4"}), "sweep/a|a"); }

TEST(SelectRuns, SaysWhatIsWrong) {
    expect_error<ConfigError>([] { (void)left_of({"l2"}); }, {"--where l2", "KEY=VALUE"});
    expect_error<ConfigError>([] { (void)left_of({"l3=1"}); }, {"--where l3", "no run's config has such a key"});
    expect_error<ConfigError>([] { (void)left_of({"l2=7"}); }, {"--where l2=7", "train.l2 is 1, 1e-4"});
    ReportData data = three();
    data.runs.front().settings.emplace_back("model.l2", "1");
    expect_error<ConfigError>([&] { select_runs(data, {"l2=1"}); }, {"--where l2", "model.l2 or train.l2"});
}

TEST(ReportInput, IsAPathWhereThatIsThereAndElseALabel) {
    const Scratch scratch;
    const std::string run = scratch.path("l2=1,seed=2");
    std::filesystem::create_directory(run);
    EXPECT_EQ(report_input(run).label, "");
    EXPECT_EQ(report_input(run).path, run);
    EXPECT_EQ(report_input("a=b=" + run).label, "a=b");
    EXPECT_EQ(report_input("a=b=" + run).path, run);
    EXPECT_EQ(report_input("label=nowhere").path, "label=nowhere");
}

}  // namespace
}  // namespace bnrun
