// How a picture takes the place of an earlier one.
#include "cli/screen_view.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Redrawn, WritesOverWhatStandsThereFromTheCornerOn) {
    EXPECT_EQ(redrawn("a\nb\n", 10, true), "\x1b[2J\x1b[Ha\x1b[K\nb\x1b[K\n\x1b[J");
    EXPECT_EQ(redrawn("a\nb", 10, false), "\x1b[Ha\x1b[K\nb\x1b[K\n\x1b[J");
}

TEST(Redrawn, HasNoMoreLinesThanTheScreenHolds) {
    EXPECT_EQ(redrawn("a\nb\nc\n", 3, false), "\x1b[Ha\x1b[K\nb\x1b[K\n\x1b[J");
}

}  // namespace
}  // namespace bnrun
