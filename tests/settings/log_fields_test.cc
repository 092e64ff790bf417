#include "settings/log_fields.h"

#include <fmt/format.h>

#include "base/error.h"
#include "settings/json.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

Config parse_log(const std::string& log, const std::vector<Override>& overrides = {}) {
    return parse_config(R"({"log": )" + log + "}", "some.json", overrides).config;
}

void refuse_log(const std::string& log, std::initializer_list<const char*> texts,
                const std::vector<Override>& overrides = {}) {
    expect_error<ConfigError>([&] { parse_log(log, overrides); }, texts);
}

OrderedJson written(const std::string& log, const std::vector<Override>& overrides = {}) {
    const std::string text = config_text(parse_log(log, overrides));
    EXPECT_EQ(config_text(parse_config(text, "some.json", {}).config), text);
    return OrderedJson::parse(text)["log"];
}

/// A run's config.json is the same bytes as before there were quantities.
TEST(LogFields, WhatCameLaterIsWrittenOnlyWhereItDiffers) {
    const std::string plain = written("{}").dump();
    for (const char* key : {"observe", "\"at\"", "layers", "snapshots"}) EXPECT_EQ(plain.find(key), std::string::npos);
    EXPECT_EQ(written(R"({"observe": ["activation", "gradient"], "layers": null, "at": null})").dump(), plain);
}

TEST(LogFields, QuantitiesStandInTheOrderOfTheirTable) {
    EXPECT_EQ(written(R"({"observe": ["update", "gradient", "distribution"]})")["observe"].dump(),
              R"(["gradient","distribution","update"])");
    EXPECT_TRUE(parse_log(R"({"observe": []})").log.observe.empty());
    EXPECT_FALSE(parse_log("{}").log.observes_layers());
    EXPECT_TRUE(parse_log(R"({"observe": ["weight"]})").log.observes_layers());
    refuse_log(R"({"observe": ["weights"]})",
               {"some.json: log.observe:", "a list, each once, of gradient, activation"});
    refuse_log(R"({"observe": ["weight", "weight"]})", {"log.observe"});
    refuse_log(R"({"observe": "weight"})", {"log.observe", "a list"});
}

TEST(LogFields, IterationsAreSpansOfAnEpoch) {
    const Config config = parse_log(R"({"at": ["1:1-50", "1:100", "last"]})");
    ASSERT_EQ(config.log.at.size(), 3U);
    EXPECT_EQ(config.log.at[0].first, 1);
    EXPECT_EQ(config.log.at[0].last, 50);
    EXPECT_EQ(config.log.at[1].first, 100);
    EXPECT_EQ(config.log.at[1].last, 100);
    EXPECT_TRUE(config.log.at[2].is_last_of_run);
    const OrderedJson log = written(R"({"at": ["1:1-50", "1:100", "last"]})");
    EXPECT_EQ(log["at"].dump(), R"(["1:1-50","1:100","last"])");
    EXPECT_FALSE(log.contains("every"));
    for (const char* bad : {"0:1", "1:0", "1", "1:", "1:5-4", "1:1-", "01:1", "1:1 ", "1:1-2-3", "first", ""}) {
        refuse_log(fmt::format(R"({{"at": ["{}"]}})", bad), {"log.at", "a list of iterations such as"});
    }
    refuse_log(R"({"at": []})", {"log.at"});
    refuse_log(R"({"at": ["2:1"]})", {"log.at: 2:1 is of epoch 2, but train.epochs is 1"});
    refuse_log(R"({"snapshots": ["3:1"]})", {"log.snapshots: 3:1 is of epoch 3"});
}

TEST(LogFields, AtWithEveryIsLogEvery) {
    EXPECT_EQ(written(R"({"at": {"every": 10}})")["every"], 10);
    EXPECT_FALSE(written(R"({"at": {"every": 10}})").contains("at"));
    refuse_log(R"({"at": {"every": -1}})", {"log.every: -1"});
    refuse_log(R"({"at": {"each": 10}})", {"log.at"});
    refuse_log(R"({"at": ["last"], "every": 2})", {"log.every and log.at are both given"});
}

TEST(LogFields, OneWayTakesTheOthersPlaceInAFileButNotInACommand) {
    EXPECT_EQ(written(R"({"every": 5})", {{"log.at", R"(["last"])", "--set"}})["at"].dump(), R"(["last"])");
    EXPECT_EQ(written(R"({"at": ["last"]})", {{"log.every", "5", "--set"}})["every"], 5);
    refuse_log("{}", {"log.every and log.at are both given"},
               {{"log.every", "5", "--set log.every=5"}, {"log.at", R"(["last"])", "--set"}});
}

}  // namespace
}  // namespace bnrun
