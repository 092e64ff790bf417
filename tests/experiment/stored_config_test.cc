#include "experiment/stored_config.h"

#include "base/error.h"
#include "support/stored_runs.h"

namespace bnrun {
namespace {

using StoredConfigTest = StoredRunFiles;

TEST_F(StoredConfigTest, AreComparedByWhatTheyMean) {
    for (const std::string& text : {config_text(config) + "\n", "// mine\n" + config_text(config)}) {
        put("config.json", text);
        EXPECT_TRUE(is_of_config(directory, RunConfig(config))) << text;
    }
    put("config.json", config_text(other));
    EXPECT_FALSE(is_of_config(directory, RunConfig(config)));
    EXPECT_EQ(first_difference(directory, config), " (first in seed)");
    Config placed = config;
    placed.data.absolute_dir = "/x";  // where data is tells no two runs apart
    put("config.json", config_text(placed));
    EXPECT_TRUE(is_of_config(directory, RunConfig(config)));
    put("config.json", "{");
    EXPECT_FALSE(is_of_config(directory, RunConfig(config)));
    EXPECT_EQ(first_difference(directory, config), " (its config.json cannot be read as one)");
}

TEST_F(StoredConfigTest, OfEqualConfigsTheSummaryIsWhatDiffers) {
    put("config.json", config_text(config));
    EXPECT_EQ(first_difference(directory, config), " (by its summary.json, though not by its config.json)");
}

TEST_F(StoredConfigTest, ItsValuesAreThoseOfItsKeys) {
    put("config.json", R"({"seed": 3, "model": {"depth": 2}})");
    EXPECT_EQ(stored_values(directory), (ConfigValues{{"seed", "3"}, {"model.depth", "2"}}));
    put("config.json", "[]");
    expect_error<DataError>([&] { (void)stored_values(directory); }, {"run/config.json: not a config"});
    remove("config.json");
    expect_error<DataError>([&] { (void)stored_values(directory); }, {"run/config.json"});
    EXPECT_FALSE(is_of_config(directory, RunConfig(config)));
}

TEST_F(StoredConfigTest, ChangedSettingsAreThoseThatAreNoDefaultsWhereAllKeysAreKnown) {
    put("config.json", R"({"seed": 3, "train": {"epochs": 1}})");
    EXPECT_EQ(stored_settings(directory).changed, (ConfigValues{{"seed", "3"}}));
    put("config.json", R"({"seed": 3, "train": {"epochs": 1, "later": 2}})");
    EXPECT_EQ(stored_settings(directory).changed,
              (ConfigValues{{"seed", "3"}, {"train.epochs", "1"}, {"train.later", "2"}}));
}

TEST_F(StoredConfigTest, TheDataDirectoryIsTheStoredOneWhereThatCanBeRead) {
    config.data.dir = "here";
    EXPECT_EQ(with_stored_data_dir(config, directory).data.dir, "here");
    other.data.dir = "there";
    other.data.absolute_dir = "/x/there";
    put("config.json", config_text(other));
    const Config moved = with_stored_data_dir(config, directory);
    EXPECT_EQ(moved.data.dir, "there");
    EXPECT_EQ(moved.data.absolute_dir, "/x/there");
    EXPECT_EQ(moved.seed, config.seed);
}

}  // namespace
}  // namespace bnrun
