#include "chart/palette.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Ramp, RunsFromDarkToLight) {
    EXPECT_EQ(ramp_colour(0), "#440154");
    EXPECT_EQ(ramp_colour(0.5), "#21918c");
    EXPECT_EQ(ramp_colour(7), "#fde725");
    EXPECT_EQ(layer_class(0, 11), "v0");
    EXPECT_EQ(layer_class(10, 11), "v15");
    EXPECT_EQ(layer_class(0, 1), "v0");
}

}  // namespace
}  // namespace bnrun
