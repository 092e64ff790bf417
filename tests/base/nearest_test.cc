#include "base/nearest.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace bnrun {
namespace {

TEST(Nearest, FindsTheNameWithTheFewestEdits) {
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(nearest("dropuot", {"depth", "dropout", "width"}), "dropout");
    EXPECT_EQ(nearest("x", {}), "");
    EXPECT_EQ(nearest("b", {"a", "c"}), "a") << "the first of equals";
    const std::string start(kLongestName, 'x');
    EXPECT_EQ(nearest(start + std::string(1000, 'y'), {std::string(70, 'y'), start}), start);
}

TEST(EditDistance, IsTheSameBelowItsLimitAndElseTheLimit) {
    const std::vector<std::string> words{"", "k", "kitten", "sitting", "train.optimizer.name", "model.depth"};
    for (const std::string& a : words) {
        for (const std::string& b : words) {
            const std::size_t whole = edit_distance(a, b);
            for (std::size_t limit = 0; limit < 24; ++limit) {
                EXPECT_EQ(edit_distance(a, b, limit), std::min(whole, limit)) << a << " to " << b;
            }
        }
    }
}

}  // namespace
}  // namespace bnrun
