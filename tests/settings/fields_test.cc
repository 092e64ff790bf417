// What holds for every row of the table, wherever it is made.
#include "settings/fields.h"

#include <gtest/gtest.h>

#include <set>

#include "settings/values.h"

namespace bnrun {
namespace {

TEST(ConfigFields, AreEachAKeyOfItsOwnThatTakesItsDefault) {
    std::set<std::string> keys;
    for (const Field& field : config_fields()) {
        EXPECT_TRUE(keys.insert(field.key).second) << field.key;
        EXPECT_FALSE(field.description.empty()) << field.key;
        const OrderedJson value = field.get(Config());
        const bool is_none = value == OrderedJson::array() || field.key == "name";  // which the config's file gives
        EXPECT_TRUE(is_none || is_valid(field, value)) << field.key << " " << value;
    }
    EXPECT_TRUE(keys.contains("name") && keys.contains("seed") && keys.contains("fidelity"));
}

TEST(ConfigFields, SetNothingButTheirOwnMember) {
    for (const Field& field : config_fields()) {
        Config config;
        const OrderedJson value = field.get(config);
        if (value.empty() || !is_valid(field, value)) continue;
        field.set(config, value);
        for (const Field& other : config_fields()) {
            EXPECT_EQ(other.get(config), other.get(Config())) << field.key << " changes " << other.key;
        }
    }
}

TEST(ConfigFields, OfTheHiddenLayersOneWayIsWritten) {
    const auto written = [](const Config& config) {
        std::string keys;
        for (const Field& field : config_fields()) {
            const bool is_way = field.key == "model.depth" || field.key == "model.width" ||
                                field.key == "model.hidden" || field.key == "model.layers";
            if (is_way && field.is_written(config)) keys += field.key + " ";
        }
        return keys;
    };
    Config config;
    EXPECT_EQ(written(config), "model.depth model.width ");
    config.model.hidden = {3};
    EXPECT_EQ(written(config), "model.hidden ");
    config.model.hidden.clear();
    config.model.layers.resize(1);
    EXPECT_EQ(written(config), "model.layers ");
}

}  // namespace
}  // namespace bnrun
