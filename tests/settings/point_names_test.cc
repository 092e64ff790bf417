#include "settings/point_names.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(PointNames, NumbersTakeTheShorterForm) {
    EXPECT_EQ(value_text("0.0001"), "1e-4");
    EXPECT_EQ(value_text("0.05"), "0.05");
    EXPECT_EQ(value_text("1e6"), "1e6");
    EXPECT_EQ(value_text("1000"), "1000");
    EXPECT_EQ(value_text("1.5"), "1.5");
    EXPECT_EQ(value_text("0.0"), "0");
    EXPECT_EQ(value_text("[100,50]"), "100-50");
    EXPECT_EQ(value_text("\"relu\""), "relu");
}

TEST(PointNames, AreSafeAndShort) {
    EXPECT_EQ(point_name({"dir", "seed"}, {"a/b c", "1"}), "dir=a_b_c,seed=1");
    const std::string one = point_name({"dir"}, {std::string(300, 'x')});
    const std::string two = point_name({"dir"}, {std::string(299, 'x') + "y"});
    EXPECT_EQ(one.size(), kLongestPointName);
    EXPECT_EQ(two.size(), kLongestPointName);
    EXPECT_NE(one, two);
}

TEST(ShortKeys, AreTheFewestPartsThatTellAKeyFromTheOthers) {
    const std::vector<std::string> keys{"seed", "model.batch_norm.gamma.init", "model.batch_norm.beta.init",
                                        "train.l2"};
    EXPECT_EQ(short_keys(keys), (std::vector<std::string>{"seed", "gamma.init", "beta.init", "l2"}));
    EXPECT_EQ(short_keys({"a.b", "b"}), (std::vector<std::string>{"a.b", "b"}));
    EXPECT_EQ(short_keys({"a.b", "a.b"}), (std::vector<std::string>{"b", "b"})) << "the same key is no other";
}

}  // namespace
}  // namespace bnrun
