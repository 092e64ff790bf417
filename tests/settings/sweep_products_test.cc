#include "settings/sweep_products.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

SweepSpec spec_of(const std::string& text) { return parse_sweep_spec(R"({"base": [{}, {}], )" + text + "}", "s.json"); }

TEST(SweepProducts, TheLastAxisVariesFastestAndTheRandomOneIsLast) {
    const SweepSpec spec = spec_of(R"("grid": [{"seed": [1, 2]}, {"model.depth": [3], "seed": [4]}],
        "random": {"n": 3, "keys": {"train.l2": "0:1"}})");
    const SweepProducts products(spec);
    EXPECT_EQ(products.keys(), (std::vector<std::string>{"seed", "train.l2", "model.depth"}));
    EXPECT_EQ(products.points(0), 6U);
    EXPECT_EQ(products.points(1), 3U);
    const std::vector<Varied> fourth = products.at(0, 3);
    ASSERT_EQ(fourth.size(), 2U);
    EXPECT_EQ(*fourth[0].value, "2");
    EXPECT_EQ(fourth[1].key, 1U);
    EXPECT_EQ(*fourth[1].value, *products.at(0, 0)[1].value);
    EXPECT_NE(*fourth[1].value, *products.at(0, 4)[1].value);
    EXPECT_EQ(products.at(1, 0)[0].key, 2U);
    EXPECT_EQ(*products.at(1, 0)[0].given, "s.json: grid");
}

TEST(SweepProducts, AreCountedForEachBase) {
    EXPECT_EQ(count_points(spec_of(R"("grid": [{"seed": [1, 2]}, {"seed": [4]}], "random": {"n": 5,
        "keys": {"train.l2": "0:1"}})")),
              30U);
    expect_error<ConfigError>([] { (void)count_points(spec_of(R"("grid": {"seed": "1:50001"})")); }, {"100000 points"});
}

}  // namespace
}  // namespace bnrun
