#include "settings/sweep_values.h"

#include "base/error.h"
#include "settings/point_names.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

using Items = std::vector<std::string>;

Items values(const std::string& text) { return sweep_values(text, "--grid k=" + text); }

TEST(SweepValues, CommasSplitOutsideBracketsAndQuotes) {
    EXPECT_EQ(values("1,2.5,true"), (Items{"1", "2.5", "true"}));
    EXPECT_EQ(values("[1,2],[3]"), (Items{"[1,2]", "[3]"}));
    EXPECT_EQ(values(R"({"a":1,"b":2},"x,y","q\",")"), (Items{R"({"a":1,"b":2})", R"("x,y")", R"("q\",")"}));
    EXPECT_EQ(values("relu,null,a:b"), (Items{R"("relu")", "null", R"("a:b")"}));
}

TEST(SweepValues, WhatIsLeftOpenIsText) {
    EXPECT_EQ(values(R"("a,b)"), (Items{R"("\"a,b")"}));
    EXPECT_EQ(values("\"a\\"), (Items{R"("\"a\\")"}));
    EXPECT_EQ(values("a],b}"), (Items{R"("a]")", R"("b}")"}));
    EXPECT_EQ(values("a\\,b"), (Items{R"("a\\")", R"("b")"}));
}

TEST(SweepValues, RangesIncludeTheirEnds) {
    EXPECT_EQ(values("1:3"), (Items{"1", "2", "3"}));
    EXPECT_EQ(values("1:3,7"), (Items{"1", "2", "3", "7"}));
    EXPECT_EQ(values("10:4:-3"), (Items{"10", "7", "4"}));
    EXPECT_EQ(values("0.1:0.5:0.1"), (Items{"0.1", "0.2", "0.3", "0.4", "0.5"}));
    EXPECT_EQ(values("0:1:0.4"), (Items{"0", "0.4", "0.8"}));
    EXPECT_EQ(values("9223372036854775806:9223372036854775807"), (Items{"9223372036854775806", "9223372036854775807"}));
}

TEST(SweepValues, RangesHaveTheDecimalsOfTheirStep) {
    EXPECT_EQ(values("0.3:0:-0.1"), (Items{"0.3", "0.2", "0.1", "0"}));
    EXPECT_EQ(values("-0.3:0.3:0.1"), (Items{"-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3"}));
    EXPECT_EQ(values("0.05:0.3:0.1"), (Items{"0.05", "0.15", "0.25"}));
    EXPECT_EQ(values("1:1.5:2.5e-1"), (Items{"1", "1.25", "1.5"}));
    EXPECT_EQ(values("0.10:.3:1E-1"), (Items{"0.1", "0.2", "0.3"}));
    EXPECT_EQ(values("0.:0.0e+5:0.5"), (Items{"0"}));
    EXPECT_EQ(values("1e-5:3e-05:0.00001"), (Items{"1e-05", "2e-05", "3e-05"}));
    EXPECT_EQ(values("0.1234567890123:0.3234567890123:0.1"),
              (Items{"0.1234567890123", "0.2234567890123", "0.3234567890123"}));
}

TEST(SweepValues, ARangeEndsWhereItsLastStepDoesHoweverLargeOrSmall) {
    const auto expect = [](const std::string& text, std::size_t count, double last) {
        const Items found = values(text);
        EXPECT_EQ(found.size(), count) << text;
        EXPECT_EQ(std::strtod(found.back().c_str(), nullptr), last) << text;
    };
    expect("0:0.99999:1e-5", 100000, 0.99999);
    expect("1e-10:1e-9:1e-10", 10, 1e-9);
    expect("0:1e15:0.1e15", 11, 1e15);
    expect("0:0.9999999999:0.1", 10, 0.9);
    expect("0:1:0.3333333333333333", 4, 0.9999999999999999);
    expect("0:0.7:0.1", 8, 0.7);
    expect("1e300:3e300:1e300", 3, 3e300);
    expect("5e-324:1.5e-323:5e-324", 3, 1.5e-323);
    expect("0.1:1e30:1e29", 10, 9e29);
    expect("1:0.99999:-1e-5", 2, 0.99999);
}

TEST(SweepValues, RangesMaySpanAllWholeNumbers) {
    EXPECT_EQ(values("-9223372036854775808:9223372036854775807:9223372036854775807"),
              (Items{"-9223372036854775808", "-1", "9223372036854775806"}));
    EXPECT_EQ(values("9223372036854775807:-9223372036854775808:-9223372036854775808"),
              (Items{"9223372036854775807", "-1"}));
}

TEST(SweepValues, SeveralRangesTogetherAreLimitedToo) {
    expect_error<ConfigError>([] { values("1:60000,1:60000"); }, {"more than 100000 values"});
}

TEST(SweepValues, ItemsThatAreNestedDeepOrHoldAKeyTwiceAreRefused) {
    expect_error<ConfigError>([] { values(std::string(100000, '[') + std::string(100000, ']')); }, {"nested deeper"});
    expect_error<ConfigError>([] { values(R"({"enabled":true,"enabled":false})"); }, {"duplicate key \"enabled\""});
}

TEST(SweepValues, LogarithmicRangesHitPowersOfTenExactly) {
    const Items texts = values("log:1e-5:1e-1:5");
    Items read;
    for (const std::string& text : texts) read.push_back(value_text(text));
    EXPECT_EQ(read, (Items{"1e-5", "1e-4", "1e-3", "0.01", "0.1"}));
    EXPECT_EQ(std::stod(texts[1]), 1e-4);
    EXPECT_EQ(values("log:1:100:4"), (Items{"1", "4.64158883361", "21.5443469003", "100"}));
}

TEST(SweepValues, BadRangesAreRefusedByName) {
    for (const char* text : {"1:0",
                             "1:2:0",
                             "1:2:-1",
                             "1:2:3:4",
                             "1:x",
                             "1.5:3",
                             "0:1e300:1e-300",
                             "0:99999999:1",
                             "log:1:2",
                             "log:0:1:3",
                             "0:1:1e-5",
                             "1:1e50:1e49",
                             "0.1:0.1:0",
                             "0.1:0.2:-0.1",
                             "9223372036854775807:9223372036854775806:1",
                             "log:1:2:1",
                             "log:1:2:x",
                             "log:1:-1:3",
                             "log:1:2:100001",
                             "1:2:nan",
                             "1:2:x",
                             "0.5:x:1",
                             "9223372036854775807:-1:-1"}) {
        expect_error<ConfigError>([&] { values(text); }, {"--grid k=", "bad range", text});
    }
    EXPECT_EQ(values("0.5:2:1"), (Items{"0.5", "1.5"}));
    EXPECT_EQ(values("0:1.5:1"), (Items{"0", "1"}));
    expect_error<ConfigError>([] { values(""); }, {"no values"});
    expect_error<ConfigError>([] { values("1,,2"); }, {"empty value"});
}

}  // namespace
}  // namespace bnrun
