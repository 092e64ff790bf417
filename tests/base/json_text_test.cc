#include "base/json_text.h"

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

std::string nested(std::size_t levels, const std::string& open, const std::string& close) {
    std::string text;
    for (std::size_t i = 0; i < levels; ++i) text += open;
    text += "1";
    for (std::size_t i = 0; i < levels; ++i) text += close;
    return text;
}

std::string with_keys(std::size_t count) {
    std::string text = "{";
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":0";
    return text + "}";
}

/// Each way in refuses the text.
void refuse_everywhere(const std::string& text, std::initializer_list<const char*> texts) {
    expect_error<ConfigError>([&] { (void)parse_object(text, "file"); }, texts);
    expect_error<ConfigError>([&] { (void)parse_value(text, "file"); }, texts);
    expect_error<DataError>([&] { (void)parse_stored(text, "file"); }, texts);
}

TEST(JsonObject, NestingHasALimitWhereverItIsRead) {
    EXPECT_EQ(parse_stored(nested(16, "{\"a\":", "}"), "file").size(), 1U);
    refuse_everywhere(nested(17, "{\"a\":", "}"), {"file: nested deeper than 16 levels"});
    refuse_everywhere(nested(100000, "{\"a\":", "}"), {"file: nested deeper than 16 levels"});
    refuse_everywhere("{\"a\":" + nested(100000, "[", "]") + "}", {"file: nested deeper than 16 levels"});
    refuse_everywhere(nested(100000, "{\"a\":", ""), {"file: nested deeper than 16 levels"});
}

TEST(JsonObject, AnObjectHasSoManyKeysAtMost) {
    EXPECT_EQ(parse_object(with_keys(256), "file").size(), 256U);
    refuse_everywhere(with_keys(257), {"file: more than 256 keys in one object"});
    refuse_everywhere("{\"b\": [" + with_keys(257) + "]}", {"in one object, after \"b.255\""});
}

TEST(JsonObject, AKeyIsThereOnce) {
    refuse_everywhere(R"({"a": {"b": 1, "c": [{"b": 1, "b": 2}]}})", {"file: duplicate key \"a.c.b\""});
    refuse_everywhere(R"({"": 1, "": 2})", {"file: duplicate key \"\""});
    EXPECT_EQ(parse_stored(R"({"a": {"b": 1}, "b": {"b": 2}})", "file").size(), 2U);
}

TEST(JsonObject, OfALongKeyOrValueAMessageHasTheStart) {
    const std::string key(20000, 'k');
    const auto length_for = [](const std::string& text, const std::string& where) {
        try {
            (void)parse_value(text, where);
        } catch (const ConfigError& error) {
            return std::string(error.what()).size();
        }
        return std::string::npos;
    };
    const std::string lists = nested(20000, "[", "]");
    EXPECT_LT(length_for(lists, lists), 400U);
    EXPECT_LT(length_for("{\"" + key + "\": 1, \"" + key + "\": 2}", "file"), 400U);
}

TEST(JsonObject, AListMayHaveManyObjects) {
    std::string text = "{\"base\": [{\"seed\": 0}";
    for (int i = 1; i < 50000; ++i) text += ",{\"seed\": 1}";
    EXPECT_EQ(parse_object(text + "]}", "file")["base"].size(), 50000U);
}

TEST(JsonObject, WhatIsNoJsonIsDiscardedOrNamed) {
    EXPECT_TRUE(parse_value("sigmoid", "--set").is_discarded());
    EXPECT_TRUE(parse_stored("{\"a\": 1", "file").is_discarded());
    EXPECT_TRUE(parse_stored("{\"a\": 1e999}", "file").is_discarded());
    EXPECT_EQ(parse_stored("{\"a\": 1 /* one */}", "file")["a"], 1);
    expect_error<ConfigError>([] { (void)parse_object("{\"a\": 1", "file"); }, {"file:1:8: not valid JSON"});
    expect_error<ConfigError>([] { (void)parse_object("{\"a\": 1e999}", "file"); }, {"expected at most 1.8e308"});
}

}  // namespace
}  // namespace bnrun
