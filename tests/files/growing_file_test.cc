#include "files/growing_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>

#include "base/error.h"
#include "files/whole_file.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

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
}

TEST(GrowingFile, GoesOnWhereItIsCut) {
    const Scratch scratch;
    (void)scratch.put("table", "one\ntwo\nthr");
    GrowingFile::cut(scratch.path("table"), 8).append("3\n");
    EXPECT_EQ(scratch.get("table"), "one\ntwo\n3\n");
    GrowingFile::at_end(scratch.path("table")).append("4\n");
    EXPECT_EQ(scratch.get("table"), "one\ntwo\n3\n4\n");
}

TEST(GrowingFile, WhatCannotBeSynchronizedNeedsNot) {
    const Scratch scratch;
    EXPECT_NO_THROW(OpenFile("/dev/null", O_WRONLY).sync(::fdatasync));
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

TEST(GrowingFile, FollowsNoLink) {
    const Scratch scratch;
    const std::string mine = scratch.put("mine", "text");
    fs::create_hard_link(mine, scratch.path("table"));
    GrowingFile(scratch.path("table")).append("row");
    EXPECT_EQ(scratch.get("table"), "row");
    fs::create_symlink(mine, scratch.path("link"));
    expect_error<WriteError>([&] { (void)GrowingFile::at_end(scratch.path("link")); },
                             {"link: is no file", "remove it"});
    expect_error<WriteError>([&] { (void)GrowingFile::cut(scratch.path("link"), 1); },
                             {"link: is no file", "remove it"});
    EXPECT_EQ(scratch.get("mine"), "text");
}

TEST(GrowingFile, LeavesToItsOtherNamesWhatTheyHave) {
    const Scratch scratch;
    const auto link = [&](const char* name) { fs::create_hard_link(scratch.path("table"), scratch.path(name)); };
    GrowingFile file(scratch.path("table"));
    file.append("1\n");
    link("while it grows");
    file.append("2\n");
    file.append("3\n");
    EXPECT_NO_THROW(file.check());
    EXPECT_EQ(scratch.get("while it grows"), "1\n");
    link("where it is cut");
    GrowingFile::cut(scratch.path("table"), 4).append("4\n");
    EXPECT_EQ(scratch.get("where it is cut"), "1\n2\n3\n");
    link("where it is gone on with");
    GrowingFile::at_end(scratch.path("table")).append("5\n");
    EXPECT_EQ(scratch.get("where it is gone on with"), "1\n2\n4\n");
    EXPECT_EQ(scratch.get("table"), "1\n2\n4\n5\n");
}

TEST(GrowingFile, WritesNothingWhereAnotherProgramChangedIt) {
    const Scratch scratch;
    const std::string path = scratch.path("table");
    const std::vector<std::pair<const char*, std::function<void()>>> changes{
        {"written to by another program", [&] { (void)scratch.put("table", ""); }},
        {"written to by another program", [&] { GrowingFile::at_end(path).append("other\n"); }},
        {"removed or replaced", [&] { fs::remove(path); }},
        {"removed or replaced", [&] { fs::rename(path, scratch.path("away")); }},
        {"removed or replaced", [&] { write_whole(path, "row\n"); }}};
    for (const auto& [reason, change] : changes) {
        GrowingFile file(path);
        file.append("row\n");
        EXPECT_NO_THROW(file.check());
        change();
        const bool is_there = fs::exists(path);
        const std::string changed = scratch.get("table");
        expect_error<WriteError>([&] { file.append("more\n"); }, {"table: was ", reason, "resume", "--force"});
        expect_error<WriteError>([&] { file.check(); }, {"table: was ", reason});
        EXPECT_EQ(fs::exists(path), is_there);
        EXPECT_EQ(scratch.get("table"), changed);
    }
}

TEST(GrowingFile, IsNotCutToMoreThanItHas) {
    const Scratch scratch;
    (void)scratch.put("table", "12");
    expect_error<WriteError>([&] { (void)GrowingFile::cut(scratch.path("table"), 3); }, {"table: is shorter"});
    EXPECT_EQ(scratch.get("table"), "12");
}

TEST(GrowingFile, ThatUsersEditGoesOnUnderItsName) {
    const Scratch scratch;
    fs::create_directory(scratch.path("run"));
    GrowingFile log = GrowingFile::at_end(scratch.path("run/log"));
    log.append("one\n");
    write_whole(scratch.path("run/log"), "edited\n");
    log.append("two\n");
    EXPECT_EQ(scratch.get("run/log"), "edited\ntwo\n");
    fs::rename(scratch.path("run/log"), scratch.path("run/log.1"));
    log.append("three\n");
    EXPECT_EQ(scratch.get("run/log"), "three\n");
    fs::rename(scratch.path("run"), scratch.path("away"));
    fs::create_directory(scratch.path("run"));
    log.append("four\n");
    EXPECT_FALSE(fs::exists(scratch.path("run/log")));
    EXPECT_EQ(scratch.get("away/log"), "three\nfour\n");
}

TEST(GrowingFile, IsNoPipeAndNoDevice) {
    const Scratch scratch;
    const std::string pipe = scratch.path("pipe");
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    const auto expect_refused = [](const std::string& path) {
        for (const auto& open :
             std::vector<std::function<void()>>{[&] { GrowingFile{path}; }, [&] { (void)GrowingFile::at_end(path); },
                                                [&] { (void)GrowingFile::cut(path, 0); }}) {
            expect_error<WriteError>(open, {path.c_str(), ": is no file", "remove it"});
        }
    };
    expect_refused(pipe);
    expect_refused("/dev/full");
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    expect_refused(pipe);
    ::close(reader);
    EXPECT_TRUE(fs::is_fifo(pipe));
}

}  // namespace
}  // namespace bnrun
