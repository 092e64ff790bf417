#include "experiment/export_run.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "files/export/formats.h"
#include "support/recording_reporter.h"
#include "support/shown_runs.h"

namespace bnrun {
namespace {

class ExportRunTest : public testing::Test {
  protected:
    RecordingReporter exported(const ExportOptions& options) {
        RecordingReporter reporter;
        export_run(scratch.path("run"), options, reporter);
        return reporter;
    }

    const Scratch scratch;
};

TEST_F(ExportRunTest, TextGoesToTheReporterUnlessAFileIsNamed) {
    make_run(scratch, "run");
    const std::string text = exported({"jsonl", {}, false}).tables;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 8);
    const RecordingReporter reporter = exported({"jsonl", scratch.path("run.jsonl"), false});
    EXPECT_EQ(reporter.tables, "");
    EXPECT_EQ(reporter.lines, "wrote 6 iterations and 2 epochs to " + scratch.path("run.jsonl\n"));
    EXPECT_EQ(scratch.get("run.jsonl"), text);
    EXPECT_EQ(exported({"jsonl", "-", false}).tables, text);
    expect_error<ConfigError>([&] { (void)exported({"npz", {}, false}); }, {"--format npz: say where to write"});
}

TEST_F(ExportRunTest, WhatIsThereIsReplacedOnDemandOnly) {
    make_run(scratch, "run");
    const std::string path = scratch.put("mine", "mine");
    expect_error<ConfigError>([&] { (void)exported({"npz", path, false}); }, {"mine: is there already", "--force"});
    EXPECT_EQ(scratch.get("mine"), "mine");
    (void)exported({"npz", path, true});
    EXPECT_EQ(scratch.get("mine").substr(0, 2), "PK");
}

TEST_F(ExportRunTest, AnEventFileIsInItsDirectoryWithTheRunsTime) {
    make_run(scratch, "run");
    const char* const name = "events/a/events.out.tfevents.0.bnrun";
    (void)exported({"tensorboard", scratch.path("events/a"), false});
    const std::string without = scratch.get(name);
    EXPECT_NE(without.find("gradient/layer_3"), std::string::npos);
    (void)scratch.put("run/summary.json", R"({"status": "done", "seconds": 1.5, "written": 1000})");
    (void)exported({"tensorboard", scratch.path("events/a"), true});
    EXPECT_EQ(scratch.get(name).size(), without.size() + 9 * 8) << "a time of nine bytes in each event";
}

TEST_F(ExportRunTest, RowsThatAreLeftOutAreWarnedOf) {
    make_run(scratch, "run");
    const std::string rows = scratch.get("run/epochs.csv");
    (void)scratch.put("run/epochs.csv", rows.substr(0, rows.size() - 2));
    const RecordingReporter reporter = exported({"jsonl", {}, false});
    EXPECT_NE(reporter.lines.find("epochs.csv:3: the last row is cut off"), std::string::npos) << reporter.lines;
    EXPECT_EQ(std::count(reporter.tables.begin(), reporter.tables.end(), '\n'), 7);
}

TEST_F(ExportRunTest, FormatsAreThoseOfTheTable) {
    EXPECT_EQ(export_format_names().size(), kExportFormats.size());
    EXPECT_EQ(export_format_names().front(), kExportFormats.front().name);
    expect_error<ConfigError>([&] { (void)exported({"xml", {}, false}); }, {"export --format xml: no such format"});
    expect_error<DataError>([&] { (void)exported({"jsonl", {}, false}); }, {"run"});
}

}  // namespace
}  // namespace bnrun
