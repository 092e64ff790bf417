#include "io/free_space.h"

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

}  // namespace
}  // namespace bnrun
