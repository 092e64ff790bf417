#include "settings/data_fields.h"

#include "settings/brief.h"
#include "settings/diff.h"
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

TEST(DataFields, WhereARelativeDirectoryWasGoesWithIt) {
    const std::string stored = R"({"data": {"source": "idx", "dir": "a", "absolute_dir": "/x/a"}})";
    EXPECT_EQ(parse(stored).data.absolute_dir, "/x/a");
    EXPECT_NE(config_text(parse(stored)).find(R"("absolute_dir": "/x/a")"), std::string::npos);
    EXPECT_EQ(config_text(parse("{}")).find("absolute_dir"), std::string::npos);
    EXPECT_EQ(parse(stored, {{"data.dir", "b"}}).data.absolute_dir, std::nullopt);
    EXPECT_EQ(parse(stored, {{"seed", "2"}}).data.absolute_dir, "/x/a");
    refuse(R"({"data": {"dir": "a", "absolute_dir": "x/a"}})", {"some.json: data.absolute_dir: \"x/a\" is relative"});
    EXPECT_TRUE(warnings(stored).empty());
    EXPECT_EQ(warnings(R"({"data": {"absolute_dir": "/x/a"}})").size(), 1U);
    EXPECT_EQ(differing_key(parse(stored), parse(R"({"data": {"source": "idx", "dir": "a"}})")), "");
    EXPECT_EQ(parse_config_values(R"({"data": {"dir": "a", "absolute_dir": "/x/a"}})", "config.json").size(), 1U);
    EXPECT_EQ(changed_settings(parse(stored)).size(), 2U);
}

}  // namespace
}  // namespace bnrun
