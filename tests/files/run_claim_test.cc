#include "files/run_claim.h"

#include <functional>
#include <set>

#include "base/error.h"
#include "files/whole_file.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

TEST(RunClaim, IsHeldByOneAtATime) {
    const Scratch scratch;
    std::optional<RunClaim> first = RunClaim::take(scratch.path("run"));
    ASSERT_TRUE(first);
    EXPECT_FALSE(RunClaim::take(scratch.path("run")));
    first->clear();
    EXPECT_FALSE(RunClaim::take(scratch.path("run")));
    first.reset();
    EXPECT_TRUE(RunClaim::take(scratch.path("run")));
}

TEST(RunClaim, IsSeenByOthersWhileItLasts) {
    const Scratch scratch;
    EXPECT_FALSE(is_claimed(scratch.path("run")));
    std::optional<RunClaim> claim = RunClaim::take(scratch.path("run"));
    EXPECT_TRUE(is_claimed(scratch.path("run")));
    claim.reset();
    EXPECT_FALSE(is_claimed(scratch.path("run")));
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
    fs::create_symlink(scratch.path("mine"), scratch.path("run/.lock"));
    expect_error<WriteError>([&] { (void)RunClaim::take(scratch.path("run")); }, {"run/.lock", "remove it"});
    EXPECT_EQ(scratch.get("mine"), "text");
}

TEST(RunClaim, IsLostWithItsDirectoryOrLock) {
    const Scratch scratch;
    const std::vector<std::function<void()>> changes{
        [&] { fs::rename(scratch.path("run"), scratch.path("away")); },
        [&] { fs::remove_all(scratch.path("run")); },
        [&] { fs::remove(scratch.path("run/.lock")); },
        [&] { write_whole(scratch.path("run/.lock"), ""); },
    };
    for (const auto& change : changes) {
        const RunClaim first = RunClaim::take(scratch.path("run")).value();
        EXPECT_NO_THROW(first.check());
        first.write("config.json", "{}");
        change();
        const std::optional<RunClaim> second = RunClaim::take(scratch.path("run"));
        ASSERT_TRUE(second);
        second->write("summary.json", "of the second");
        const std::vector<std::function<void()>> actions{
            [&] { first.check(); },
            [&] { first.write("summary.json", ""); },
            [&] { first.write_passing("summary.json", ""); },
            [&] { first.write_keeping("summary.json", "config.json", ""); },
            [&] { first.clear(); },
            [&] { first.remove_leftovers(); },
        };
        for (const auto& action : actions) {
            expect_error<WriteError>(action, {"run: is no longer this run's directory", "resume"});
        }
        first.discard();
        EXPECT_EQ(scratch.get("run/summary.json"), "of the second");
        EXPECT_NO_THROW(second->check());
        fs::remove_all(scratch.path("away"));
        fs::remove_all(scratch.path("run"));
    }
}

TEST(RunClaim, IsNotLostWhereTheLogIsEdited) {
    const Scratch scratch;
    const std::optional<RunClaim> claim = RunClaim::take(scratch.path("run"));
    write_whole(scratch.path("run/run.log"), "edited");
    EXPECT_NO_THROW(claim->check());
    EXPECT_FALSE(RunClaim::take(scratch.path("run")));
}

TEST(RunClaim, OfACopyMadeOfLinksIsItsOwn) {
    const Scratch scratch;
    (void)RunClaim::take(scratch.path("run"));
    fs::create_directory(scratch.path("copy"));
    fs::create_hard_link(scratch.path("run/.lock"), scratch.path("copy/.lock"));
    const std::optional<RunClaim> claim = RunClaim::take(scratch.path("run"));
    ASSERT_TRUE(claim);
    EXPECT_TRUE(RunClaim::take(scratch.path("copy")));
    EXPECT_NO_THROW(claim->check());
}

TEST(RunClaim, ClearsWhatAKilledProcessLeftAndNothingElse) {
    const Scratch scratch;
    const RunClaim claim = RunClaim::take(scratch.path("run")).value();
    const auto names = [&] {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(scratch.path("run"))) found.insert(entry.path().filename());
        return found;
    };
    const std::set<std::string> mine{".notes.1.tmp", "notes.txt", "summary.csv"};
    for (const std::string& name : mine) (void)scratch.put("run/" + name, "mine");
    for (const char* name : {"config.json", ".summary.json.17.tmp", ".checkpoint.safetensors.4-2.tmp", "run.log"}) {
        (void)scratch.put(std::string("run/") + name, "");
    }
    claim.remove_leftovers();
    EXPECT_EQ(names().size(), mine.size() + 3);
    (void)scratch.put("run/.summary.json.17.tmp", "");
    claim.clear();
    std::set<std::string> left = mine;
    left.insert(".lock");
    EXPECT_EQ(names(), left);
    (void)scratch.put("run/.summary.json.17.tmp", "");
    claim.discard();
    EXPECT_EQ(names(), mine);
}

/// As where a process is killed in between.
TEST(RunClaim, ThatIsHalfDiscardedDoesNotSayThatItsRunIsDone) {
    const Scratch scratch;
    const RunClaim claim = RunClaim::take(scratch.path("run")).value();
    (void)scratch.put("run/summary.json", R"({"status": "done"})");
    (void)scratch.put("run/epochs.csv", "");
    fs::create_directories(scratch.path("run/config.json/not empty"));
    expect_error<WriteError>([&] { claim.clear(); }, {"run/config.json: cannot be removed"});
    EXPECT_TRUE(fs::exists(scratch.path("run/summary.json")));  // that of the run that comes is in its place by then
    EXPECT_TRUE(fs::exists(scratch.path("run/epochs.csv")));
    claim.discard();
    EXPECT_FALSE(fs::exists(scratch.path("run/summary.json")));
    EXPECT_TRUE(fs::exists(scratch.path("run/config.json")));
}

TEST(RunClaim, SnapshotsGoWithTheirRunAndNothingElseDoes) {
    const Scratch scratch;
    const RunClaim claim = RunClaim::take(scratch.path("run")).value();
    claim.write_snapshot({1, 2}, "model");
    EXPECT_EQ(scratch.get("run/snapshots/epoch_1_iteration_2.safetensors"), "model");
    (void)scratch.put("run/snapshots/mine.safetensors", "mine");
    claim.clear();
    EXPECT_FALSE(fs::exists(scratch.path("run/snapshots/epoch_1_iteration_2.safetensors")));
    EXPECT_EQ(scratch.get("run/snapshots/mine.safetensors"), "mine");
    fs::remove(scratch.path("run/snapshots/mine.safetensors"));
    claim.write_snapshot({1, 2}, "model");
    claim.clear();
    EXPECT_FALSE(fs::exists(scratch.path("run/snapshots")));
    claim.write_snapshot({3, 4}, "model");
    claim.discard();
    EXPECT_FALSE(fs::exists(scratch.path("run")));
}

TEST(RunClaim, WritesNoSnapshotThroughALink) {
    const Scratch scratch;
    const RunClaim claim = RunClaim::take(scratch.path("run")).value();
    fs::create_directory(scratch.path("mine"));
    fs::create_directory_symlink(scratch.path("mine"), scratch.path("run/snapshots"));
    expect_error<WriteError>([&] { claim.write_snapshot({1, 2}, "model"); }, {"run/snapshots: is a link; remove it"});
    EXPECT_TRUE(fs::is_empty(scratch.path("mine")));
    (void)scratch.put("mine/epoch_1_iteration_2.safetensors", "mine");
    claim.clear();
    EXPECT_EQ(scratch.get("mine/epoch_1_iteration_2.safetensors"), "mine");
    EXPECT_FALSE(fs::is_symlink(scratch.path("run/snapshots")));
    (void)scratch.put("run/snapshots", "a file");
    expect_error<WriteError>([&] { claim.write_snapshot({1, 2}, "model"); }, {"run/snapshots: cannot be created"});
}

}  // namespace
}  // namespace bnrun
