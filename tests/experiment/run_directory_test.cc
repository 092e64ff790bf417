#include "experiment/run_directory.h"

#include <cmath>

#include "base/error.h"
#include "files/checkpoint.h"
#include "files/summary.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

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
    for (const char* summary : {"{}", "[1]", "mine"}) {
        (void)scratch.put("run/summary.json", summary);
        expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), true); }, {"no run", "summary.json"});
        EXPECT_EQ(scratch.get("run/gradients.csv"), "old");
    }
    (void)scratch.put("run/summary.json", R"({"status": "done"})");
    expect_error<ConfigError>([&] { check_run_directory(scratch.path("run"), false); },
                              {"run: output directory exists", "--force"});
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), false); }, {"exists"});
    EXPECT_EQ(scratch.get("run/gradients.csv"), "old");
    const RunClaim claim = create_run_directory(scratch.path("run"), true);
    EXPECT_EQ(scratch.get("run/gradients.csv"), "old");
    claim.clear();
    EXPECT_FALSE(fs::exists(scratch.path("run/gradients.csv")));
    EXPECT_EQ(scratch.get("run/notes.txt"), "mine");
    EXPECT_EQ(scratch.get("run/summary.json"), R"({"status": "done"})");
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
    (void)scratch.put("run/.summary.json.12.tmp", "{");
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), false); }, {"exists"});
    create_run_directory(scratch.path("run"), true).clear();
    EXPECT_FALSE(fs::exists(scratch.path("run/config.json")));
    (void)fs::remove(scratch.path("run/.lock"));
    (void)scratch.put("run/config.json", "{}");
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), true); }, {"no run"});
}

TEST(RunDirectory, OfAnotherProgramIsNotReplacedWhereALockIsAddedToIt) {
    const Scratch scratch;
    create_run_directory(scratch.path("run"), false);
    (void)scratch.put("run/model.safetensors", "mine");
    EXPECT_NO_THROW(check_run_directory(scratch.path("run"), true));
    for (const char* config : {R"({"hidden_size": 768})", "[1]", "mine"}) {
        (void)scratch.put("run/config.json", config);
        expect_error<ConfigError>([&] { check_run_directory(scratch.path("run"), true); }, {"holds files, but no run"});
    }
}

TEST(RunDirectory, WithACheckpointIsARunsWhateverElseItHolds) {
    const Scratch scratch;
    const RunClaim claim = create_run_directory(scratch.path("run"), false);
    (void)scratch.put("run/summary.json", "damaged");
    (void)scratch.put("run/notes.txt", "mine");
    expect_error<ConfigError>([&] { check_run_directory(scratch.path("run"), true); }, {"holds files, but no run"});
    save_checkpoint(claim, {});
    EXPECT_NO_THROW(check_run_directory(scratch.path("run"), true));
    (void)scratch.put("run/checkpoint.safetensors", "of another program");
    expect_error<ConfigError>([&] { check_run_directory(scratch.path("run"), true); }, {"holds files, but no run"});
}

TEST(RunDirectory, ThatIsEmptyIsTakenWithForce) {
    const Scratch scratch;
    fs::create_directory(scratch.path("run"));
    expect_error<ConfigError>([&] { check_run_directory(scratch.path("run"), false); }, {"exists already"});
    EXPECT_NO_THROW(check_run_directory(scratch.path("run"), true));
    EXPECT_NO_THROW(check_run_directory(scratch.path("absent"), false));
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

TEST(RunDirectory, OfAnEarlierVersionHasALogAndNoLock) {
    const Scratch scratch;
    fs::create_directory(scratch.path("run"));
    (void)scratch.put("run/config.json", "{}");
    (void)scratch.put("run/run.log", "");
    create_run_directory(scratch.path("run"), true).clear();
    EXPECT_FALSE(fs::exists(scratch.path("run/config.json")));
    EXPECT_TRUE(fs::exists(scratch.path("run/.lock")));
}

TEST(RunDirectory, OfACopyMadeOfLinksWhileItsRunGoesIsRefusedWithTheReason) {
    const Scratch scratch;
    const std::optional<RunClaim> running = RunClaim::take(scratch.path("run"));
    fs::create_directory(scratch.path("copy"));
    fs::create_hard_link(scratch.path("run/.lock"), scratch.path("copy/.lock"));
    expect_error<ConfigError>(
        [&] { (void)claim_run_directory(scratch.path("copy")); },
        {"copy: is being run by another process", "copy/.lock has another name", "remove it here"});
    fs::remove(scratch.path("copy/.lock"));
    EXPECT_NO_THROW((void)claim_run_directory(scratch.path("copy")));
    EXPECT_NO_THROW(running->check());
}

TEST(RunDirectory, IsOneProcesssAtATime) {
    const Scratch scratch;
    std::optional<RunClaim> first = RunClaim::take(scratch.path("run"));
    ASSERT_TRUE(first);
    first->clear();
    expect_error<ConfigError>([&] { create_run_directory(scratch.path("run"), true); }, {"run: ", "another process"});
}

}  // namespace
}  // namespace bnrun
