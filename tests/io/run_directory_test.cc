#include "io/run_directory.h"

#include <cmath>

#include "base/error.h"
#include "io/summary.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

TEST(ReadWhole, AFileThatCannotBeReadToItsEndIsNotTakenForAShortOne) {
    expect_error<DataError>([] { (void)read_whole("/proc/self/mem"); }, {"/proc/self/mem: cannot be read to its end"});
    expect_error<DataError>([] { (void)read_whole("/proc/self"); }, {"expected a readable file"});
    const Scratch scratch;
    for (const std::size_t size : {0U, 1U, 65536U, 65537U, 200000U}) {
        const std::string contents(size, 'x');
        EXPECT_EQ(read_whole(scratch.put("file", contents)), contents) << size;
    }
}

TEST(RunDirectory, IsMadeWithItsParents) {
    const Scratch scratch;
    create_run_directory(scratch.path("a/b/c"), false);
    EXPECT_TRUE(fs::is_directory(scratch.path("a/b/c")));
}

TEST(RunDirectory, IsNeverReplacedUnlessForced) {
    const Scratch scratch;
    create_run_directory(scratch.path("run"), false);
    (void)scratch.put("run/gradients.csv", "old");
    (void)scratch.put("run/notes.txt", "mine");
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), true); }, {"no run", "summary.json"});
    EXPECT_EQ(scratch.get("run/gradients.csv"), "old");
    (void)scratch.put("run/summary.json", "{}");
    expect_error<ConfigError>([&] { check_run_directory(scratch.path("run"), false); },
                              {"run: output directory exists", "--force"});
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), false); }, {"exists"});
    EXPECT_EQ(scratch.get("run/gradients.csv"), "old");
    create_run_directory(scratch.path("run"), true);
    EXPECT_FALSE(fs::exists(scratch.path("run/gradients.csv")));
    EXPECT_EQ(scratch.get("run/notes.txt"), "mine");
}

TEST(RunDirectory, AFileInItsPlaceIsKept) {
    const Scratch scratch;
    (void)scratch.put("run", "a file");
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), true); }, {"not a directory"});
    EXPECT_EQ(scratch.get("run"), "a file");
    expect_error<WriteError>([&] { create_run_directory(scratch.path("run/below"), false); }, {"run/below"});
}

TEST(RunDirectory, OfARunKilledBeforeItsSummaryIsReplaced) {
    const Scratch scratch;
    create_run_directory(scratch.path("run"), false);
    (void)scratch.put("run/config.json", "{}");
    (void)scratch.put("run/summary.json.tmp", "{");
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), false); }, {"exists"});
    create_run_directory(scratch.path("run"), true);
    EXPECT_FALSE(fs::exists(scratch.path("run/config.json")));
    (void)fs::remove(scratch.path("run/run.log"));
    (void)scratch.put("run/config.json", "{}");
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), true); }, {"no run"});
}

TEST(RunClaim, IsHeldByOneAtATime) {
    const Scratch scratch;
    std::optional<RunClaim> first = RunClaim::take(scratch.path("run"));
    ASSERT_TRUE(first);
    EXPECT_FALSE(RunClaim::take(scratch.path("run")));
    first->clear();
    EXPECT_FALSE(RunClaim::take(scratch.path("run")));
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), true); }, {"run: ", "another process"});
    first.reset();
    EXPECT_TRUE(RunClaim::take(scratch.path("run")));
}

TEST(RunClaim, OfADirectoryThatHasGoneKeepsNobodyOut) {
    const Scratch scratch;
    const std::optional<RunClaim> first = RunClaim::take(scratch.path("run"));
    first->discard();
    EXPECT_FALSE(fs::exists(scratch.path("run")));
    EXPECT_TRUE(RunClaim::take(scratch.path("run")));
}

TEST(RunClaim, FollowsNoLink) {
    const Scratch scratch;
    (void)scratch.put("mine", "text");
    fs::create_directories(scratch.path("run"));
    fs::create_symlink(scratch.path("mine"), scratch.path("run/run.log"));
    expect_error<WriteError>([&] { (void)RunClaim::take(scratch.path("run")); }, {"run/run.log"});
    EXPECT_EQ(scratch.get("mine"), "text");
}

TEST(GrowingFile, ShowsEveryAppendAtOnce) {
    const Scratch scratch;
    GrowingFile file(scratch.path("table"));
    file.append("one\n");
    EXPECT_EQ(scratch.get("table"), "one\n");
    GrowingFile moved = std::move(file);
    moved.append("two\n");
    moved.close();
    EXPECT_EQ(scratch.get("table"), "one\ntwo\n");
    expect_error<WriteError>([&] { GrowingFile(scratch.path("absent/table")); }, {"absent/table", "cannot be created"});
    expect_error<WriteError>([] { GrowingFile("/dev/full").append("x"); }, {"/dev/full", "cannot be written"});
}

TEST(WriteWhole, ReplacesOrLeavesTheOldContents) {
    const Scratch scratch;
    write_whole(scratch.path("file"), "old");
    write_whole(scratch.path("file"), "new");
    EXPECT_EQ(scratch.get("file"), "new");
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()), 1);
    fs::create_directory(scratch.path("taken"));
    expect_error<WriteError>([&] { write_whole(scratch.path("taken"), "x"); }, {"taken"});
}

TEST(WriteWhole, FollowsNoLinkAndLeavesNoTemporary) {
    const Scratch scratch;
    const std::string mine = scratch.put("mine", "text");
    fs::create_symlink(mine, scratch.path("file"));
    fs::create_symlink(mine, scratch.path("file.tmp"));
    fs::create_hard_link(mine, scratch.path("table"));
    write_whole(scratch.path("file"), "new");
    GrowingFile(scratch.path("table")).append("row");
    EXPECT_EQ(scratch.get("file") + scratch.get("table"), "newrow");
    EXPECT_EQ(scratch.get("mine"), "text");
    EXPECT_FALSE(fs::exists(fs::symlink_status(scratch.path("file.tmp"))));
    fs::create_symlink(mine, scratch.path("link"));
    expect_error<WriteError>([&] { (void)GrowingFile::at_end(scratch.path("link")); }, {"link: cannot be created"});
    expect_error<WriteError>([&] { (void)GrowingFile::cut(scratch.path("link"), 1); }, {"link: cannot be opened"});
    EXPECT_EQ(scratch.get("mine"), "text");
}

TEST(WriteKeeping, KeepsWhatWasThereBefore) {
    const Scratch scratch;
    const std::string path = scratch.path("file");
    write_keeping(path, scratch.path("previous"), "one");
    EXPECT_FALSE(fs::exists(scratch.path("previous")));
    write_keeping(path, scratch.path("previous"), "two");
    write_keeping(path, scratch.path("previous"), "three");
    EXPECT_EQ(scratch.get("file") + scratch.get("previous"), "threetwo");
    EXPECT_FALSE(fs::exists(path + ".tmp"));
}

TEST(GrowingFile, GoesOnWhereItIsCut) {
    const Scratch scratch;
    (void)scratch.put("table", "one\ntwo\nthr");
    GrowingFile::cut(scratch.path("table"), 8).append("3\n");
    EXPECT_EQ(scratch.get("table"), "one\ntwo\n3\n");
    GrowingFile::at_end(scratch.path("table")).append("4\n");
    EXPECT_EQ(scratch.get("table"), "one\ntwo\n3\n4\n");
}

TEST(Summary, WhatIsNotFiniteOrNotKnownIsNull) {
    Summary summary;
    summary.seconds = 1.5;
    const std::string before = summary_text(summary);
    EXPECT_NE(before.find("\"status\": \"running\""), std::string::npos);
    EXPECT_NE(before.find("\"test_error\": null"), std::string::npos);
    summary.last_epoch = EpochRecord{1, 0.5, 0.25, HUGE_VAL, 0.125, 1, 8};
    const std::string after = summary_text(summary);
    EXPECT_NE(after.find("\"test_error\": 0.125"), std::string::npos);
    EXPECT_NE(after.find("\"test_loss\": null"), std::string::npos);
    const Scratch scratch;
    EXPECT_EQ(read_summary(scratch.put("summary.json", after)).test_wrong, 1);
    EXPECT_FALSE(read_summary(scratch.put("summary.json", before)).test_wrong);
    expect_error<DataError>([&] { read_summary(scratch.put("summary.json", "{")); }, {"summary.json"});
    for (const char* text : {"[1]", "{}", R"({"status": 3})"}) {
        expect_error<DataError>([&] { read_summary(scratch.put("summary.json", text)); },
                                {"summary.json: not a run's summary: expected a JSON object with a status"});
    }
    expect_error<DataError>([&] { read_summary(scratch.path("absent")); }, {"absent"});
}

TEST(Summary, OfAnotherProgramGivesWhatCanBeReadOfIt) {
    const Scratch scratch;
    const StoredResult stored = read_summary(scratch.put(
        "summary.json",
        R"({"status": "done", "config_sha256": 3, "test_wrong": 1.5, "test_loss": "2", "train_loss": 0.25})"));
    EXPECT_EQ(stored.status, "done");
    EXPECT_EQ(stored.config_sha256, "");
    EXPECT_FALSE(stored.test_wrong);
    EXPECT_FALSE(stored.test_loss);
    EXPECT_FALSE(stored.test_error);
    EXPECT_EQ(stored.train_loss, 0.25);
}

TEST(GrowingFile, WhatCannotBeSynchronizedNeedsNot) {
    const Scratch scratch;
    EXPECT_NO_THROW(GrowingFile("/dev/null").sync());
    GrowingFile file(scratch.path("table"));
    file.close();
    expect_error<WriteError>([&] { file.sync(); }, {"table: cannot be synchronized: "});
    EXPECT_NO_THROW(file.close());
}

TEST(GrowingFile, AnAssignedOneGoesOnWhereTheOtherWas) {
    const Scratch scratch;
    GrowingFile file;
    file = GrowingFile(scratch.path("table"));
    file.append("one\n");
    EXPECT_EQ(scratch.get("table"), "one\n");
}

TEST(WriteWhole, TakesANameWithoutADirectory) {
    const Scratch scratch;
    const fs::path before = fs::current_path();
    fs::current_path(scratch.path());
    write_whole("file", "text");
    fs::current_path(before);
    EXPECT_EQ(scratch.get("file"), "text");
}

TEST(WriteWhole, ADirectoryInItsTemporarysPlaceIsKept) {
    const Scratch scratch;
    fs::create_directory(scratch.path("file.tmp"));
    expect_error<WriteError>([&] { write_whole(scratch.path("file"), "x"); }, {"file.tmp: cannot be created: "});
    EXPECT_TRUE(fs::is_directory(scratch.path("file.tmp")));
}

TEST(RunDirectory, ThatIsEmptyIsTakenWithForce) {
    const Scratch scratch;
    fs::create_directory(scratch.path("run"));
    expect_error<ConfigError>([&] { check_run_directory(scratch.path("run"), false); }, {"exists already"});
    EXPECT_NO_THROW(check_run_directory(scratch.path("run"), true));
    EXPECT_NO_THROW(check_run_directory(scratch.path("absent"), false));
}

}  // namespace
}  // namespace bnrun
