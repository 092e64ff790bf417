#include "settings/key_choices.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "settings/fields.h"

namespace bnrun {
namespace {

ConfigKey key_named(const std::string& name) {
    const std::vector<ConfigKey> keys = config_keys();
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& key) { return key.key == name; });
    return found == keys.end() ? ConfigKey{} : *found;
}

TEST(ConfigKeys, AreThoseOfTheFieldsWithTheirValues) {
    for (const Field& field : config_fields()) {
        const ConfigKey key = key_named(field.key);
        EXPECT_EQ(key.expectation, expectation(field)) << field.key;
        EXPECT_EQ(key.description, field.description) << field.key;
    }
    EXPECT_EQ(key_named("model.output").values, (std::vector<std::string>{"softmax", "sigmoid_mse"}));
    EXPECT_EQ(key_named("train.save_model").values, (std::vector<std::string>{"true", "false"}));
    EXPECT_TRUE(key_named("seed").values.empty());
}

TEST(ConfigKeys, AnObjectThatHasAShorthandIsAKeyBeforeItsFirst) {
    EXPECT_EQ(key_named("model.batch_norm").values, (std::vector<std::string>{"true", "false"}));
    EXPECT_EQ(key_named("model.batch_norm.gamma").description, "the scale: learned, or fixed");
    EXPECT_EQ(key_named("model.normalization.beta").description, "the shift: learned, or fixed");
    EXPECT_EQ(key_named("model.normalization").values.size(), 6U);
    EXPECT_EQ(key_named("train.learning_rate_schedule").values, key_named("train.learning_rate_schedule.name").values);
    const std::vector<ConfigKey> keys = config_keys();
    const auto at = [&](const char* name) {
        return std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& key) { return key.key == name; });
    };
    EXPECT_EQ(at("model.batch_norm") + 1, at("model.batch_norm.enabled"));
}

}  // namespace
}  // namespace bnrun
