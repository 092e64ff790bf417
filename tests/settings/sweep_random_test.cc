#include "settings/sweep_random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

constexpr const char* kRate = "train.optimizer.learning_rate";

RandomSearch search(std::int64_t count, std::vector<DrawnKey> keys, std::int64_t seed = 1) {
    return {count, seed, std::move(keys)};
}

std::vector<double> numbers(const std::vector<std::string>& texts) {
    std::vector<double> values;
    for (const std::string& text : texts) values.push_back(std::strtod(text.c_str(), nullptr));
    std::sort(values.begin(), values.end());
    return values;
}

TEST(SweepRandom, NumbersAreEvenInTheirRange) {
    const std::vector<double> values =
        numbers(drawn_axis(search(1000, {drawn_from_text("train.l2", "2:4", "w")})).values[0]);
    EXPECT_GE(values.front(), 2);
    EXPECT_LE(values.back(), 4);
    EXPECT_NEAR(values[250], 2.5, 0.1);
    EXPECT_NEAR(values[500], 3, 0.1);
    EXPECT_NEAR(values[750], 3.5, 0.1);
}

TEST(SweepRandom, OnALogScaleTheirLogarithmsAre) {
    const std::vector<double> values =
        numbers(drawn_axis(search(1000, {drawn_from_text(kRate, "log:1e-4:1", "w")})).values[0]);
    EXPECT_GE(values.front(), 1e-4);
    EXPECT_LE(values.back(), 1);
    EXPECT_NEAR(std::log10(values[250]), -3, 0.2);
    EXPECT_NEAR(std::log10(values[500]), -2, 0.2);
    EXPECT_NEAR(std::log10(values[750]), -1, 0.2);
}

TEST(SweepRandom, AKeyOfWholeNumbersDrawsThemEndsIncluded) {
    const auto drawn = [](const char* range) {
        const std::vector<std::string> texts =
            drawn_axis(search(4, {drawn_from_text("model.width", range, "w")})).values[0];
        return std::set<std::string>(texts.begin(), texts.end());
    };
    EXPECT_EQ(drawn("7:10"), (std::set<std::string>{"7", "8", "9", "10"}));
    EXPECT_EQ(drawn("log:7:10"), (std::set<std::string>{"7", "8", "9", "10"}));
    const std::vector<double> wide =
        numbers(drawn_axis(search(500, {drawn_from_text("train.epochs", "log:1000:1000000000", "w")})).values[0]);
    EXPECT_NEAR(std::log10(wide[250]), 6, 0.5);
}

TEST(SweepRandom, ASmallerNumberGivesTheFirstOfALargerAndNoTwoAreAlike) {
    const std::vector<DrawnKey> keys{drawn_from_text("model.activation", "relu,tanh,sigmoid", "w"),
                                     drawn_from_text("model.depth", "1:3", "w")};
    const SweepAxis all = drawn_axis(search(9, keys));
    const SweepAxis some = drawn_axis(search(4, keys));
    std::set<std::vector<std::string>> settings;
    for (std::size_t i = 0; i < 9; ++i) settings.insert({all.values[0][i], all.values[1][i]});
    EXPECT_EQ(settings.size(), 9U);
    for (std::size_t k = 0; k < 2; ++k) {
        EXPECT_TRUE(std::equal(some.values[k].begin(), some.values[k].end(), all.values[k].begin()));
    }
    expect_error<ConfigError>([&] { (void)drawn_axis(search(10, keys)); }, {"w: 10 settings", "no more than 9"});
    EXPECT_NE(drawn_axis(search(4, keys, 2)).values, some.values);
}

TEST(SweepRandom, KeysAreDrawnIndependently) {
    const SweepAxis axis =
        drawn_axis(search(50, {drawn_from_text("train.l2", "1:2", "w"), drawn_from_text(kRate, "1:2", "w")}));
    EXPECT_NE(axis.values[0], axis.values[1]);
    EXPECT_EQ(axis.keys, (std::vector<std::string>{"train.l2", kRate}));
    EXPECT_EQ(axis.given, (std::vector<std::string>{"w", "w"}));
}

/// Which other programs may repeat: Philox under the seed, with the stream's number and the key's as counters.
TEST(SweepRandom, DrawsStayWhatTheyAre) {
    EXPECT_EQ(drawn_axis(search(3, {drawn_from_text(kRate, "log:1e-5:1e-1", "w")})).values[0],
              (std::vector<std::string>{"0.00580697", "0.00655921", "0.0154874"}));
}

TEST(SweepRandom, ARangeIsTextOrAnObject) {
    const DrawnKey text = drawn_from_text(kRate, "log:1e-5:0.1", "w");
    const DrawnKey object = drawn_key(kRate, parse_object(R"({"low": 1e-5, "high": 0.1, "scale": "log"})", "s"), "w");
    EXPECT_EQ(drawn_axis(search(5, {text})).values, drawn_axis(search(5, {object})).values);
    EXPECT_EQ(random_json(search(5, {text})), random_json(search(5, {object})));
    EXPECT_EQ(drawn_from_text("model.width", "10,20", "w").list.values, (std::vector<std::string>{"10", "20"}));
    EXPECT_EQ(drawn_key("model.width", parse_value(R"([{"value": 10, "label": "small"}])", "s"), "w").list.labels,
              std::vector<std::string>{"small"});
    EXPECT_EQ(drawn_from_text("train.l2", "0:1:0.5", "w").list.values.size(), 3U);
}

TEST(SweepRandom, MistakesAreNamed) {
    const auto refuse = [](const char* key, const char* json, std::initializer_list<const char*> texts) {
        expect_error<ConfigError>([&] { (void)drawn_key(key, parse_value(json, "s"), "here"); }, texts);
    };
    refuse("train.l2", R"({"low": 1})", {"here: high: expected a number"});
    refuse("train.l2", R"({"low": 2, "high": 1})", {"here: low has to be below high"});
    refuse("train.l2", R"({"low": 0, "high": 1, "scale": "log"})", {"here: low has to be above 0"});
    refuse("train.l2", R"({"low": 0, "high": 1, "scale": "root"})", {"here: scale: \"root\"", "linear"});
    refuse("train.l2", R"({"low": 0, "hihg": 1})", {"here: unknown key \"hihg\""});
    refuse("model.width", R"({"low": 1.5, "high": 3})", {"here: model.width takes whole numbers"});
    refuse("model.activation", R"({"low": 1, "high": 3})", {"model.activation takes no numbers", "list"});
    refuse("model.batch_norm", R"("1:3")", {"model.batch_norm takes no numbers"});
    refuse("train.l2", "[]", {"here: no values"});
    refuse("train.l2", "3", {"here: expected a list"});
}

}  // namespace
}  // namespace bnrun
