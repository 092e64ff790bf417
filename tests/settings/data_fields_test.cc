#include "settings/data_fields.h"

#include "support/parsed_configs.h"

namespace bnrun {
namespace {

TEST(DataFields, EachDistortionIsWrittenWhereItDiffersAndKeptWithinItsLimits) {
    const std::string plain = config_text(parse("{}"));
    EXPECT_EQ(plain.find("distort"), std::string::npos);
    EXPECT_EQ(plain.find("validation_samples"), std::string::npos);
    for (const auto& [key, most] : std::vector<std::pair<std::string, std::string>>{{"shift", "1000"},
                                                                                    {"rotate", "180"},
                                                                                    {"shear", "10"},
                                                                                    {"contrast", "1"},
                                                                                    {"brightness", "1"},
                                                                                    {"noise", "1"}}) {
        const std::string name = "data.distort." + key;
        EXPECT_NE(config_text(parse("{}", {{name, most}})).find('"' + key + "\": " + most), std::string::npos) << key;
        refuse("{}", {(name + ": -1 is not allowed").c_str()}, {{name, "-1"}});
        refuse("{}", {(name + ": 1001 is not allowed").c_str()}, {{name, "1001"}});
    }
    refuse("{}", {"data.distort.scale: 1 is not allowed", "below 1"}, {{"data.distort.scale", "1"}});
}

TEST(DataFields, AnElasticSigmaIsOfUseWithAnAlphaOnly) {
    std::vector<Field> fields;
    add_data_fields(fields);
    for (const Field& field : fields) {
        if (field.key != "data.distort.elastic.sigma") continue;
        Config config;
        EXPECT_FALSE(field.in_use(config));
        config.data.distort.elastic.alpha = 1;
        EXPECT_TRUE(field.in_use(config));
    }
}

}  // namespace
}  // namespace bnrun
