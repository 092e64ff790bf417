#include "files/free_space.h"

#include <limits>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(FreeSpace, WhatHasNoRoomIsRefused) {
    const Scratch scratch;
    EXPECT_NO_THROW(check_space(scratch.path(), 1));
    expect_error<WriteError>([&] { check_space(scratch.path(), 1e21); },
                             {scratch.path().c_str(), "needs 1000000000000000.0 MB", "--out"});
    EXPECT_NO_THROW(check_space(scratch.path("absent"), 1e21));
    EXPECT_NO_THROW(check_space("/proc", 1e21));  // which does not say
}

TEST(FreeSpace, OfADirectoryThatIsNotThereIsThatOfItsParent) {
    const Scratch scratch;
    EXPECT_GT(room_at(scratch.path()), 0);
    EXPECT_LT(room_at(scratch.path("absent/below")), 1e21);
    EXPECT_EQ(room_at("/proc"), std::numeric_limits<double>::infinity());
}

TEST(FreeSpace, OnlyARunsOwnFilesGiveRoomBack) {
    const Scratch scratch;
    namespace fs = std::filesystem;
    const auto of_run = [&] { return bytes_of_run(scratch.path()); };
    const std::string text(100000, 'x');
    (void)scratch.put("thesis.pdf", text);
    fs::create_symlink("thesis.pdf", scratch.path("run.log"));
    fs::create_hard_link(scratch.path("thesis.pdf"), scratch.path("epochs.csv"));
    (void)scratch.put("gradients.csv", "");
    fs::resize_file(scratch.path("gradients.csv"), 1000000000);
    EXPECT_EQ(of_run(), 0);
    EXPECT_EQ(bytes_of_run(scratch.path("absent")), 0);
    (void)scratch.put("model.safetensors", text);
    EXPECT_GE(of_run(), 100000);
    EXPECT_LE(of_run(), 200000);
}

}  // namespace
}  // namespace bnrun
