// The schema and the parser come from one table; here, that they accept and refuse the same.
#include "settings/schema.h"

#include <gtest/gtest.h>

#include "settings/fields.h"
#include "settings/json.h"

namespace bnrun {
namespace {

const OrderedJson& property(const OrderedJson& schema, const std::string& key) {
    const OrderedJson* at = &schema;
    std::size_t start = 0;
    while (true) {
        if (at->contains("oneOf")) at = &at->at("oneOf").at(1);
        const std::size_t dot = key.find('.', start);
        at = &at->at("properties").at(key.substr(start, dot == std::string::npos ? dot : dot - start));
        if (dot == std::string::npos) return *at;
        start = dot + 1;
    }
}

TEST(Schema, HasEveryFieldWithItsDefaultAndLimits) {
    const OrderedJson schema = OrderedJson::parse(schema_text());
    EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for (const Field& field : config_fields()) {
        const OrderedJson& entry = property(schema, field.key);
        EXPECT_EQ(entry.at("description"), field.description) << field.key;
        if (entry.contains("default") && field.key != "model.batch_norm.enabled") {
            EXPECT_EQ(entry["default"], field.get(Config())) << field.key;
        }
        if (field.kind != FieldKind::kChoice) continue;
        EXPECT_EQ(entry.at("enum"), OrderedJson(field.choices)) << field.key;
    }
    EXPECT_EQ(property(schema, "model.dropout").at("exclusiveMaximum"), 1);
    EXPECT_EQ(property(schema, "train.batch_size").at("minimum"), 1);
    EXPECT_EQ(property(schema, "seed").at("maximum"), INT64_MAX);
    const OrderedJson& schedule = schema["properties"]["train"]["properties"]["learning_rate_schedule"]["oneOf"];
    EXPECT_EQ(schedule.at(0).at("enum"), OrderedJson(kScheduleNames));
    EXPECT_EQ(property(schema, "model.batch_norm.epsilon").at("exclusiveMinimum"), 0);
}

TEST(Schema, EveryObjectRefusesUnknownKeys) {
    const OrderedJson schema = OrderedJson::parse(schema_text());
    const std::function<void(const OrderedJson&)> visit = [&](const OrderedJson& at) {
        if (at.contains("properties")) {
            EXPECT_EQ(at.at("additionalProperties"), false) << at.dump().substr(0, 200);
            for (const auto& [name, inner] : at.at("properties").items()) visit(inner);
        }
        if (at.contains("oneOf")) {
            const OrderedJson& instead = at.at("oneOf").at(0);
            EXPECT_TRUE(instead.contains("enum") || instead.at("type") == "boolean" || instead.contains("items"))
                << instead;
            visit(at.at("oneOf").at(1));
        }
    };
    visit(schema);
}

TEST(Schema, ReferencePageHasARowForEveryKey) {
    const std::string page = reference_text();
    for (const Field& field : config_fields()) {
        EXPECT_NE(page.find("| `" + field.key + "` | " + expectation(field) + " |"), std::string::npos) << field.key;
    }
}

}  // namespace
}  // namespace bnrun
