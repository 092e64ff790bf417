#include "base/bytes.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Bytes, HoldTheirValuesWhileTheyGrowOntoHugePagesAndShrink) {
    Bytes bytes;
    const auto value = [](std::size_t i) { return static_cast<std::uint8_t>(i % 251); };
    for (const std::size_t size : {std::size_t{10}, std::size_t{5'000'000}, std::size_t{9'000'001}}) {
        const std::size_t old = bytes.size();
        bytes.resize(size);
        for (std::size_t i = old; i < size; ++i) {
            ASSERT_EQ(bytes[i], 0) << i;
            bytes[i] = value(i);
        }
    }
    bytes.erase(bytes.begin(), bytes.begin() + 16);
    bytes.shrink_to_fit();
    const Bytes copy = bytes;
    ASSERT_EQ(copy.size(), 9'000'001U - 16);
    for (std::size_t i = 0; i < copy.size(); ++i) ASSERT_EQ(copy[i], value(i + 16)) << i;
}

}  // namespace
}  // namespace bnrun
