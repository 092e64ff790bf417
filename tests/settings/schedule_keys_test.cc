#include "settings/schedule_keys.h"

#include "base/error.h"
#include "settings/json.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

Config parse_schedule(const std::string& text, const std::vector<Override>& overrides = {}) {
    return parse_config(text, "some.json", overrides).config;
}

void refuse_schedule(const std::string& text, std::initializer_list<const char*> texts,
                     const std::vector<Override>& overrides = {}) {
    expect_error<ConfigError>([&] { parse_schedule(text, overrides); }, texts);
}

/// A run's config.json is the same bytes as before there were schedules.
TEST(ScheduleKeys, WhatCameLaterIsWrittenOnlyWhereItDiffers) {
    const std::string before = config_text(parse_schedule("{}"));
    for (const char* key : {"schedule", "biases", "bias_learning"}) EXPECT_EQ(before.find(key), std::string::npos);
    EXPECT_EQ(config_text(parse_schedule(R"({"train": {"learning_rate_schedule": "epoch_factor", "l2_biases": false,
                                              "bias_learning_rate": 1}})")),
              before);
    const auto written = [](const std::string& train) {
        const std::string text = config_text(parse_schedule(R"({"train": )" + train + "}"));
        EXPECT_EQ(config_text(parse_schedule(text)), text);
        return OrderedJson::parse(text)["train"];
    };
    const auto schedule = [&](const std::string& value) {
        return written(R"({"learning_rate_schedule": )" + value + "}")["learning_rate_schedule"].dump();
    };
    EXPECT_EQ(schedule(R"("constant")"), R"({"name":"constant","warm_up":0})");
    EXPECT_EQ(schedule(R"({"name": "cosine", "gamma": 3, "iterations": [1]})"), R"({"name":"cosine","warm_up":0})");
    EXPECT_EQ(schedule(R"({"warm_up": 9})"), R"({"name":"epoch_factor","warm_up":9})");
    EXPECT_EQ(schedule(R"("inverse")"), R"({"name":"inverse","gamma":0.0001,"power":0.75,"warm_up":0})");
    EXPECT_EQ(schedule(R"({"name": "step", "iterations": [4]})"),
              R"({"name":"step","iterations":[4],"factor":0.1,"warm_up":0})");
    EXPECT_EQ(written(R"({"l2_biases": true})")["l2_biases"], true);
    EXPECT_EQ(written(R"({"bias_learning_rate": 0})")["bias_learning_rate"], 0);
}

TEST(ScheduleKeys, AScheduleIsANameOrAnObject) {
    const auto schedule = [](const std::string& text, const std::vector<Override>& overrides = {}) {
        return parse_schedule(text, overrides).train.learning_rate_schedule;
    };
    EXPECT_EQ(schedule("{}").name, ScheduleName::kEpochFactor);
    EXPECT_EQ(schedule(R"({"train": {"learning_rate_schedule": "cosine"}})").name, ScheduleName::kCosine);
    EXPECT_EQ(schedule(R"({"train": {"learning_rate_schedule": {"name": "cosine"}}})").name, ScheduleName::kCosine);
    const std::string key = "train.learning_rate_schedule";
    EXPECT_EQ(schedule("{}", {{key, "inverse"}}).name, ScheduleName::kInverse);
    EXPECT_EQ(schedule("{}", {{"train", R"({"learning_rate_schedule": "inverse"})"}}).name, ScheduleName::kInverse);
    const ScheduleConfig warmed =
        schedule(R"({"train": {"learning_rate_schedule": "cosine"}})", {{key + ".warm_up", "7"}});
    EXPECT_EQ(warmed.name, ScheduleName::kCosine);
    EXPECT_EQ(warmed.warm_up, 7);
    EXPECT_EQ(schedule("{}", {{key, "constant"}, {key + ".warm_up", "7"}}).name, ScheduleName::kConstant);
    EXPECT_EQ(schedule(R"({"train": {"learning_rate_schedule": {"warm_up": 7}}})", {{key, "constant"}}).warm_up, 0);
    refuse_schedule(
        R"({"train": {"learning_rate_schedule": "cosin"}})",
        {"some.json: train.learning_rate_schedule.name: \"cosin\"", "epoch_factor, constant, step, inverse, cosine"});
    refuse_schedule(R"({"train": {"learning_rate_schedule": 3}})",
                    {"3 is of the wrong type; expected a schedule's name"});
    refuse_schedule(R"({"train": {"learning_rate_schedule": {"warmup": 3}}})",
                    {"\"train.learning_rate_schedule.warm_up\""});
    refuse_schedule(R"({"train": 3})", {"train: 3 is of the wrong type"});
    refuse_schedule("{}", {"--set train.learning_rate_schedule=[1]: "}, {{key, "[1]"}});
}

TEST(ScheduleKeys, AStepNeedsIterationsThatRise) {
    const std::string key = "train.learning_rate_schedule";
    refuse_schedule(R"({"train": {"learning_rate_schedule": "step"}})",
                    {"some.json: train.learning_rate_schedule.iterations: missing", "[1000, 2000]"});
    refuse_schedule("{}", {"--set train.learning_rate_schedule=step: train.learning_rate_schedule.iterations: missing"},
                    {{key, "step"}});
    for (const char* list : {"[5,5]", "[5,4]", "[1,7,6]"}) {
        refuse_schedule(R"({"train": {"learning_rate_schedule": "step"}})",
                        {"iterations: a number is not above", "rises"}, {{key + ".iterations", list}});
    }
    refuse_schedule("{}", {"iterations: [0] is not allowed", "at least 1"}, {{key + ".iterations", "[0]"}});
    refuse_schedule("{}", {"factor: 0 is not allowed", "above 0"}, {{key + ".factor", "0"}});
    refuse_schedule("{}", {"gamma: -1 is not allowed"}, {{key + ".gamma", "-1"}});
    refuse_schedule("{}", {"warm_up: 1.5 is not allowed", "whole number"}, {{key + ".warm_up", "1.5"}});
    refuse_schedule("{}", {"train.bias_learning_rate: -1"}, {{"train.bias_learning_rate", "-1"}});
    EXPECT_EQ(parse_schedule("{}", {{key, R"({"name": "step", "iterations": [5, 6, 1000]})"}})
                  .train.learning_rate_schedule.iterations.size(),
              3U);
}

TEST(ScheduleKeys, WithoutEffectAreWarnedOf) {
    const auto train = [](const std::string& keys) {
        return parse_config(R"({"train": {)" + keys + "}}", "some.json", {}).warnings;
    };
    EXPECT_EQ(train(R"("l2_biases": true)").size(), 1U);
    EXPECT_TRUE(train(R"("l2_biases": true, "l2": 1)").empty());
    EXPECT_EQ(train(R"("optimizer": {"name": "adam", "momentum": 0.5})").size(), 1U);
    EXPECT_TRUE(train(R"("optimizer": {"name": "nesterov", "momentum": 0.5})").empty());
    const std::string schedule = R"("learning_rate_schedule": )";
    EXPECT_EQ(
        train(schedule + R"({"name": "constant", "iterations": [1], "factor": 1, "gamma": 1, "power": 1})").size(), 4U);
    EXPECT_EQ(train(schedule + R"({"name": "step", "iterations": [1], "factor": 1, "gamma": 1, "power": 1})").size(),
              2U);
    EXPECT_EQ(train(schedule + R"({"name": "inverse", "iterations": [1], "factor": 1, "gamma": 1, "power": 1})").size(),
              2U);
    const std::string decay = R"(, "learning_rate_decay": 0.5, "min_learning_rate": 0)";
    EXPECT_TRUE(train(schedule + R"("epoch_factor")" + decay).empty());
    EXPECT_EQ(train(schedule + R"("cosine")" + decay).size(), 1U);
    for (const char* name : {R"("constant")", R"("inverse")"}) EXPECT_EQ(train(schedule + name + decay).size(), 2U);
}

}  // namespace
}  // namespace bnrun
