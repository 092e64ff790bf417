#include "experiment/stored_run.h"

#include "experiment/stored_config.h"
#include "experiment/sweep_state.h"
#include "support/stored_runs.h"

namespace bnrun {
namespace {

class StoredRunTest : public StoredRunFiles {
  protected:
    PointState state() { return read_point(directory, RunConfig(config)).state; }
    bool is_of_config() { return read_stored_run(directory, RunConfig(config)).is_of_config; }
};

TEST_F(StoredRunTest, IsDoneUnlessACheckpointStandsForItsModel) {
    put("config.json", config_text(config));
    put_summary("done", config);
    EXPECT_EQ(state(), PointState::kDone);  // its model was removed afterwards
    put("checkpoint.previous.safetensors", "");
    EXPECT_EQ(state(), PointState::kUnfinished);
    put("model.safetensors", "");
    EXPECT_EQ(state(), PointState::kDone);
    remove("config.json");
    EXPECT_EQ(state(), PointState::kUnfinished);
}

TEST_F(StoredRunTest, IsDoneWithoutAModelThatTheConfigDoesNotAskFor) {
    config.train.save_model = false;
    put("config.json", config_text(config));
    put_summary("done", config);
    put("checkpoint.safetensors", "");
    EXPECT_EQ(state(), PointState::kDone);
}

TEST_F(StoredRunTest, ThatWasReplacingAnotherWhenItWasEndedStartsOver) {
    put("config.json", config_text(other));
    put_summary("failed", config);
    EXPECT_EQ(state(), PointState::kFailed);
    put_summary("running", config);
    EXPECT_TRUE(is_of_config());
    EXPECT_EQ(state(), PointState::kUnfinished);
    put("checkpoint.safetensors", "");
    EXPECT_FALSE(is_of_config());
}

TEST_F(StoredRunTest, OfWhichSummaryAndConfigDifferIsOfNeither) {
    put("config.json", config_text(config));
    put("model.safetensors", "");
    put_summary("done", other);
    EXPECT_EQ(state(), PointState::kOtherConfig);
    EXPECT_NE(first_difference(directory, config).find("summary.json"), std::string::npos);
}

TEST_F(StoredRunTest, OfAnEarlierVersionIsOfWhatItsConfigSays) {
    put("config.json", config_text(config));
    put("summary.json", R"({"status": "done"})");
    EXPECT_EQ(state(), PointState::kDone);
    put("config.json", config_text(other));
    EXPECT_EQ(state(), PointState::kOtherConfig);
    remove("config.json");
    EXPECT_FALSE(is_of_config());
}

TEST_F(StoredRunTest, ThatIsNotThereIsMissing) {
    EXPECT_EQ(state(), PointState::kMissing);
    EXPECT_FALSE(read_stored_run(directory, RunConfig(config)).is_there);
    put("config.json", config_text(config));
    EXPECT_EQ(state(), PointState::kMissing);
    EXPECT_TRUE(read_stored_run(directory, RunConfig(config)).is_there);
}

}  // namespace
}  // namespace bnrun
