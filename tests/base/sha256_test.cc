#include "base/sha256.h"

#include <gtest/gtest.h>

#include <array>

namespace bnrun {
namespace {

// FIPS 180-4's example "abc", and the checksum of nothing.
const std::string kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string kOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Sha256, IsTheStandards) {
    const std::array<std::uint8_t, 3> abc{'a', 'b', 'c'};
    EXPECT_EQ(sha256_text(abc.data(), 3), kOfAbc);
    EXPECT_EQ(sha256_text({{abc.data(), 1}, {abc.data() + 1, 2}}), kOfAbc);
    EXPECT_EQ(sha256_text("abc"), kOfAbc);
    EXPECT_EQ(sha256_text(""), kOfNothing);
}

TEST(Sha256, OfWhatHasBeenAddedSoFarCanBeAskedForAtAnyTime) {
    Sha256 sum;
    EXPECT_EQ(sum.text(), kOfNothing);
    sum.add("a");
    EXPECT_EQ(sum.text(), sha256_text("a"));
    sum.add("bc");
    EXPECT_EQ(sum.text(), kOfAbc);
}

}  // namespace
}  // namespace bnrun
