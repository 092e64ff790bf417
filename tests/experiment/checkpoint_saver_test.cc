#include "experiment/checkpoint_saver.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class CheckpointSaverTest : public testing::Test {
  protected:
    static Checkpoint of_value(double value) { return {{{"x", {Precision::kFloat64, {1}, {value}}}}}; }
    [[nodiscard]] CheckpointFile read(const char* name) const { return read_checkpoint(scratch.path(name)); }

    const Scratch scratch;
    RunClaim claim = RunClaim::take(scratch.path("run")).value();
    RunTables tables{claim, Config()};
    CheckpointSaver saver{claim, "of the config", "of the data", tables};
};

TEST_F(CheckpointSaverTest, EachIsOnTheDiskWithTheTablesAsTheyWere) {
    const auto marks = tables.marks();
    saver.save(of_value(1));
    tables.append(EpochRecord{1, 0.5, 0.25, 0.75, 0.125, 1, 8});
    saver.save(of_value(2));  // once the first is there
    saver.finish();
    EXPECT_TRUE(saver.is_free());
    const CheckpointFile first = read("run/checkpoint.previous.safetensors");
    EXPECT_EQ(first.state.at("x").values, std::vector<double>{1});
    EXPECT_EQ(first.config_sha256, "of the config");
    EXPECT_EQ(first.data_sha256, "of the data");
    EXPECT_EQ(first.tables.at("epochs.csv").bytes, marks.at("epochs.csv").bytes);
    const CheckpointFile second = read("run/checkpoint.safetensors");
    EXPECT_EQ(second.state.at("x").values, std::vector<double>{2});
    EXPECT_EQ(second.tables.at("epochs.csv").bytes, tables.marks().at("epochs.csv").bytes);
    EXPECT_GT(second.tables.at("epochs.csv").bytes, first.tables.at("epochs.csv").bytes);
}

TEST_F(CheckpointSaverTest, WhatCouldNotBeSavedIsThrownOnceByTheNextCall) {
    EXPECT_TRUE(saver.is_free());
    saver.save(of_value(1));
    saver.finish();
    std::filesystem::create_directories(scratch.path("run/checkpoint.previous.safetensors/in the way"));
    saver.save(of_value(2));
    EXPECT_THROW(saver.finish(), WriteError);
    EXPECT_NO_THROW(saver.finish());
    EXPECT_EQ(read("run/checkpoint.safetensors").state.at("x").values, std::vector<double>{1});
}

}  // namespace
}  // namespace bnrun
