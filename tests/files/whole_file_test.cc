#include "files/whole_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <set>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

TEST(ReadWhole, AFileThatCannotBeReadToItsEndIsNotTakenForAShortOne) {
    expect_error<DataError>([] { (void)read_whole("/proc/self/mem"); },
                            {"/proc/self/mem: cannot be read to its end", "expected a readable file"});
    expect_error<DataError>([] { (void)read_whole("/proc/self"); }, {"expected a readable file"});
    const Scratch scratch;
    for (const std::size_t size : {0U, 1U, 65536U, 65537U, 200000U}) {
        const std::string contents(size, 'x');
        EXPECT_EQ(read_whole(scratch.put("file", contents)), contents) << size;
    }
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

TEST(WriteWhole, TakesANameWithoutADirectory) {
    const Scratch scratch;
    const fs::path before = fs::current_path();
    fs::current_path(scratch.path());
    write_whole("file", "text");
    fs::current_path(before);
    EXPECT_EQ(scratch.get("file"), "text");
}

TEST(WriteKeeping, KeepsWhatWasThereBefore) {
    const Scratch scratch;
    const std::string path = scratch.path("file");
    write_keeping(path, scratch.path("previous"), "one");
    EXPECT_FALSE(fs::exists(scratch.path("previous")));
    write_keeping(path, scratch.path("previous"), "two");
    write_keeping(path, scratch.path("previous"), "three");
    EXPECT_EQ(scratch.get("file") + scratch.get("previous"), "threetwo");
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()), 2);
}

TEST(WriteWhole, FollowsNoLink) {
    const Scratch scratch;
    const std::string mine = scratch.put("mine", "text");
    fs::create_symlink(mine, scratch.path("file"));
    fs::create_hard_link(mine, scratch.path("linked"));
    write_whole(scratch.path("file"), "new");
    write_whole(scratch.path("linked"), "too");
    EXPECT_EQ(scratch.get("file") + scratch.get("linked"), "newtoo");
    EXPECT_EQ(scratch.get("mine"), "text");
}

/// What another process of this number may have left, and what a user may have called so.
TEST(WriteWhole, TouchesNoFileBesideItsOwn) {
    const Scratch scratch;
    const std::string temporary = fmt::format(".file.{}.tmp", getpid());
    (void)scratch.put(temporary, "of another process");
    fs::create_directory(scratch.path(fmt::format(".file.{}-2.tmp", getpid())));
    (void)scratch.put("file.tmp", "mine");
    write_whole(scratch.path("file"), "text");
    EXPECT_EQ(scratch.get("file"), "text");
    EXPECT_EQ(scratch.get("file.tmp"), "mine");
    EXPECT_EQ(scratch.get(temporary), "of another process");
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()), 4);
}

TEST(WriteWhole, LeavesNothingWhereItIsNotPermitted) {
    const Scratch scratch;
    (void)scratch.put("file", "old");
    for (int asked = 1; asked <= 2; ++asked) {
        const auto refuse = [left = asked]() mutable {
            if (--left == 0) throw WriteError("not permitted");
        };
        expect_error<WriteError>([&] { write_whole(scratch.path("file"), "new", refuse); }, {"not permitted"});
        expect_error<WriteError>([&] { write_keeping(scratch.path("file"), scratch.path("previous"), "new", refuse); },
                                 {"not permitted"});
    }
    EXPECT_EQ(scratch.get("file"), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()), 1);
}

TEST(StaleTemporaries, AreRemovedAndNothingElse) {
    const Scratch scratch;
    const std::string longest(250, 'x');
    const std::string cut = "." + longest.substr(0, 200);
    for (const std::string& name :
         {std::string(".page.html.17.tmp"), std::string(".page.html.17-2.tmp"), cut + ".3.tmp",
          std::string(".page.html.mine.tmp"), std::string(".other.html.17.tmp"), std::string("page.html.17.tmp"),
          std::string("page.html")}) {
        fs::last_write_time(scratch.put(name, ""), fs::file_time_type::clock::now() - std::chrono::hours(25));
    }
    (void)scratch.put(".page.html.18.tmp", "");  // somebody may be writing it
    fs::create_directory(scratch.path(".page.html.19.tmp"));
    remove_stale_temporaries(scratch.path("page.html"));
    remove_stale_temporaries(scratch.path(longest));
    std::set<std::string> left;
    for (const auto& entry : fs::directory_iterator(scratch.path())) left.insert(entry.path().filename());
    EXPECT_EQ(left, (std::set<std::string>{".page.html.mine.tmp", ".other.html.17.tmp", "page.html.17.tmp", "page.html",
                                           ".page.html.18.tmp", ".page.html.19.tmp"}));
    EXPECT_NO_THROW(remove_stale_temporaries(scratch.path("absent/file")));
}

TEST(WriteWhole, TakesTheLongestName) {
    const Scratch scratch;
    const std::string name(255, 'x');
    write_whole(scratch.path(name), "text");
    EXPECT_EQ(scratch.get(name), "text");
    expect_error<WriteError>([&] { write_whole(scratch.path(name + "x"), "text"); }, {"cannot be renamed to"});
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()), 1);
}

TEST(WriteWhole, MessagesNameTheFileItself) {
    const Scratch scratch;
    expect_error<WriteError>([&] { write_whole(scratch.path("absent/file"), "x"); },
                             {"absent/file: cannot be created: No such file"});
}

TEST(Temporary, IsKnownByItsName) {
    for (const char* name : {".a.json.1.tmp", ".a.json.123-2.tmp"})
        EXPECT_TRUE(is_temporary_of(name, "a.json")) << name;
    for (const char* name :
         {"a.json.1.tmp", ".a.json.tmp", ".a.json..tmp", ".a.json.1", ".a.json.1-.tmp", ".a.json.1x.tmp",
          ".a.json.-1.tmp", ".b.json.1.tmp", ".a.json.1.tmp2", ".a.json.", "a.json", ""}) {
        EXPECT_FALSE(is_temporary_of(name, "a.json")) << name;
    }
}

}  // namespace
}  // namespace bnrun
