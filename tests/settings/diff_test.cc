#include "settings/diff.h"

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

std::string differences_text(const std::string& a, const std::string& b) {
    std::string text;
    for (const ConfigDifference& found :
         config_differences(parse_config_values(a, "a.json"), parse_config_values(b, "b.json"))) {
        text += found.key + " " + found.a + ">" + found.b + "\n";
    }
    return text;
}

TEST(ConfigDifferences, AreKeyByKeyInAsOrderAndThenBs) {
    EXPECT_EQ(
        differences_text(R"({"name": "a", "seed": 1, "model": {"depth": 2, "width": 3}})",
                         R"({"log": {"every": 2}, "model": {"width": 3, "hidden": [4, 5]}, "seed": 2, "name": "b"})"),
        "seed 1>2\nmodel.depth 2>\nlog.every >2\nmodel.hidden >[4,5]\n");
    EXPECT_EQ(differences_text(R"({"seed": 1})", R"({"seed": 1.0})"), "seed 1>1.0\n");
    EXPECT_EQ(differences_text("{}", R"({"name": "b"})"), "");
}

TEST(ConfigValues, AreThoseOfAnObjectOfNoMoreKeysThanAConfigCanHave) {
    expect_error<DataError>([] { (void)parse_config_values("[1]", "a.json"); }, {"a.json: not a config"});
    expect_error<DataError>([] { (void)parse_config_values("{", "a.json"); }, {"a.json"});
    std::string many;
    for (int i = 0; i < 1001; ++i) {
        const std::string pair = '"' + std::to_string(i) + "\":1";
        many += i % 100 == 0 ? "},\"g" + std::to_string(i) + "\":{" + pair : ',' + pair;
    }
    expect_error<DataError>([&] { (void)parse_config_values('{' + many.substr(2) + "}}", "a.json"); },
                            {"a.json: 1001 keys"});
}

}  // namespace
}  // namespace bnrun
