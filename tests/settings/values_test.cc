#include "settings/values.h"

#include <regex>

#include "settings/field_makers.h"
#include "support/parsed_configs.h"

namespace bnrun {
namespace {

TEST(Interval, IsSoManyEpochsOrIterationsOrNone) {
    const auto every = [](const char* text) {
        return parse("{}", {{"train.checkpoint_every", text}}).train.checkpoint_every;
    };
    EXPECT_EQ(parse("{}").train.checkpoint_every.count, 1);
    EXPECT_EQ(every("50 iterations").count, 50);
    EXPECT_EQ(every("50 iterations").unit, Interval::Unit::kIterations);
    EXPECT_EQ(every("1 epoch").unit, Interval::Unit::kEpochs);
    EXPECT_EQ(every("0").count, 0);
    for (const char* text : {"0", "1 epoch", "2 epochs", "1 iteration", "50 iterations"}) {
        const std::string config = config_text(parse("{}", {{"train.checkpoint_every", text}}));
        EXPECT_NE(config.find(text), std::string::npos) << config;
        EXPECT_EQ(config_text(parse(config)), config);
    }
    for (const char* text :
         {"1", "0 epochs", "epoch", "-1 epochs", "2 weeks", "2epochs", "9999999999 epochs", "true"}) {
        refuse("{}", {"train.checkpoint_every", "\"50 iterations\""}, {{"train.checkpoint_every", text}});
    }
}

TEST(Interval, IsTakenWhereTheSchemasPatternMatches) {
    const std::regex pattern(kIntervalPattern);
    int matching = 0;
    for (const char* text : {"1 epoch",
                             "1 epochs",
                             "20 iteration",
                             "999999999 iterations",
                             "1000000000 iterations",
                             "0 epochs",
                             "01 epochs",
                             "1  epochs",
                             " 1 epochs",
                             "1 epochs ",
                             "1 epochss",
                             "1 Epochs",
                             "1epochs",
                             "-1 epochs",
                             "1.5 epochs",
                             "epochs",
                             "1 ",
                             "1",
                             "",
                             "1 epochs\n"}) {
        const bool matches = std::regex_match(text, pattern);
        matching += matches ? 1 : 0;
        const std::string config = nlohmann::json{{"train", {{"checkpoint_every", text}}}}.dump();
        if (matches) {
            EXPECT_NO_THROW(parse(config)) << text;
        } else {
            EXPECT_THROW(parse(config), ConfigError) << text;
        }
    }
    EXPECT_EQ(matching, 4);
}

/// The values of a JSON list that a field takes, as a list again.
std::string valid_of(const Field& field, const std::string& values) {
    OrderedJson taken = OrderedJson::array();
    for (const OrderedJson& value : OrderedJson::parse(values)) {
        if (is_valid(field, value)) taken.push_back(value);
    }
    return taken.dump();
}

TEST(IsValid, EachKindTakesItsOwnValuesWithinTheLimits) {
    const auto field = [](FieldKind kind) { return between(always("x", kind, ""), 1, 3); };
    EXPECT_EQ(valid_of(field(FieldKind::kText), R"(["a", "", 1, null])"), R"(["a"])");
    EXPECT_EQ(valid_of(field(FieldKind::kBool), R"([true, "true", 1])"), "[true]");
    EXPECT_EQ(valid_of(field(FieldKind::kInteger), R"([0, 1, 2.0, 2.5, 3, 4, "2", null])"), "[1,2.0,3]");
    EXPECT_EQ(valid_of(field(FieldKind::kNumber), "[0.9, 1, 2.5, 3, 3.1]"), "[1,2.5,3]");
    EXPECT_EQ(valid_of(positive(field(FieldKind::kNumber)), "[0, 0.5, 3]"), "[0.5,3]");
    EXPECT_EQ(valid_of(share(field(FieldKind::kNumber)), "[-0.1, 0, 0.5, 1]"), "[0,0.5]");
    EXPECT_EQ(valid_of(or_default(field(FieldKind::kNumber)), "[null, 4]"), "[null]");
    EXPECT_EQ(valid_of(field(FieldKind::kIntegers), "[[], [1, 3], [1, 4], 1]"), "[[1,3]]");
    EXPECT_EQ(valid_of(field(FieldKind::kIterations), R"([["last", "1:2-3"], ["1:0"], [], "last"])"),
              R"([["last","1:2-3"]])");
    EXPECT_EQ(valid_of(field(FieldKind::kInterval), R"([0, 1, "1 epoch", "1 day"])"), R"([0,"1 epoch"])");
    Field choices = field(FieldKind::kChoice);
    choices.choices = {"a", "b"};
    EXPECT_EQ(valid_of(choices, R"(["a", "c", ["a"]])"), R"(["a"])");
    choices.kind = FieldKind::kChoices;
    EXPECT_EQ(valid_of(choices, R"([[], ["b", "a"], ["a", "a"], ["c"], "a"])"), R"([[],["b","a"]])");
}

TEST(IsWhole, HasNoFractionAndFits64Bits) {
    EXPECT_TRUE(is_whole(OrderedJson::parse("-9223372036854775808")));
    EXPECT_TRUE(is_whole(OrderedJson::parse("1e3")));
    for (const char* text : {"9223372036854775808", "1e19", "0.5"}) EXPECT_FALSE(is_whole(OrderedJson::parse(text)));
}

TEST(Span, IsReadFromWhatItIsWrittenAs) {
    for (const char* text : {"last", "1:100", "3:1-50"}) EXPECT_EQ(span_text(span_from(text).value()), text);
    EXPECT_EQ(span_text(span_from("2:7-7").value()), "2:7");
    for (const char* text : {"", "1", "1:", "0:1", "01:1", "1:5-4", "1:1-2 ", "1234567890:1"}) {
        EXPECT_FALSE(span_from(text)) << text;
    }
}

TEST(Put, MakesTheObjectsOnTheWay) {
    OrderedJson json = OrderedJson::object();
    put(json, "a.b.c", 1);
    put(json, "a.d", 2);
    put(json, "e", 3);
    put(json, "a.b.c", 4);
    EXPECT_EQ(json.dump(), R"({"a":{"b":{"c":4},"d":2},"e":3})");
    EXPECT_EQ(shown_json(OrderedJson(std::string(100, 'x'))), '"' + std::string(79, 'x') + "…");
}

}  // namespace
}  // namespace bnrun
