#include "report/where.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

const std::set<std::string> kKeys{"train.l2", "model.init.std", "model.std", "l2"};

std::string meant(const std::string& key) { return full_key(kKeys, {key + "=1", key, "1"}, "nothing"); }

TEST(Condition, IsAKeyAndAValue) {
    const Condition condition = parse_condition("a.b=x=y");
    EXPECT_EQ(condition.key, "a.b");
    EXPECT_EQ(condition.value, "x=y");
    EXPECT_EQ(parse_condition("a=").value, "");
    for (const char* wrong : {"a", "=1", ""}) {
        expect_error<ConfigError>([&] { (void)parse_condition(wrong); }, {"--where", "expected KEY=VALUE"});
    }
}

TEST(FullKey, IsTheWholeKeyBeforeTheOneThatEndsSo) {
    EXPECT_EQ(meant("l2"), "l2");
    EXPECT_EQ(meant("init.std"), "model.init.std");
    expect_error<ConfigError>([] { (void)meant("std"); }, {"--where std: may be model.init.std or model.std"});
    expect_error<ConfigError>([] { (void)meant("td"); }, {"--where td: nothing has such a key"});
}

TEST(SameValue, ComparesNumbersAsNumbers) {
    EXPECT_TRUE(is_same_value("1e-4", "0.0001"));
    EXPECT_TRUE(is_same_value("relu", "relu"));
    EXPECT_FALSE(is_same_value("1", "2"));
    EXPECT_FALSE(is_same_value("true", "1"));
}

TEST(NoMatch, NamesAFewOfTheValuesThatThereAre) {
    const Condition condition = parse_condition("a=9");
    expect_error<ConfigError>(
        [&] {
            throw_no_match(condition, "x.a", {"1", "2"}, "point");
        },
        {"--where a=9: no point has that; x.a is 1, 2"});
    std::set<std::string> many;
    for (char c = 'a'; c <= 'z'; ++c) many.insert(std::string(1, c));
    expect_error<ConfigError>([&] { throw_no_match(condition, "x.a", many, "run"); }, {"g, h, …"});
}

}  // namespace
}  // namespace bnrun
