#include "experiment/stored_run.h"

#include "base/error.h"
#include "base/sha256.h"
#include "experiment/stored_config.h"
#include "experiment/sweep_state.h"
#include "settings/json.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

class StoredRunTest : public testing::Test {
  protected:
    StoredRunTest() {
        fs::create_directory(scratch.path("run"));
        config.name = "run";
        other = config;
        other.seed = 2;
    }

    void put_summary(const std::string& status, const Config& of, std::int64_t iteration = 0) {
        Summary summary;
        summary.iteration = iteration;
        summary.status = status;
        summary.config_sha256 = sha256_text(config_text(of));
        put("summary.json", summary_text(summary));
    }
    void put(const std::string& name, const std::string& text) { (void)scratch.put("run/" + name, text); }
    void remove(const std::string& name) { fs::remove(scratch.path("run/" + name)); }

    PointState state() { return read_point(scratch.path("run"), RunConfig(config)).state; }
    bool is_of_config() { return read_stored_run(scratch.path("run"), RunConfig(config)).is_of_config; }

    const Scratch scratch;
    Config config;
    Config other;
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

TEST_F(StoredRunTest, OfAnotherConfigIsKeptUnlessItFailedBeforeItsFirstIteration) {
    put("config.json", config_text(other));
    put("model.safetensors", "");
    for (const auto& [status, expected] :
         std::vector<std::pair<std::string, PointState>>{{"done", PointState::kOtherConfig},
                                                         {"diverged", PointState::kOtherConfig},
                                                         {"interrupted", PointState::kOtherConfigUnfinished},
                                                         {"running", PointState::kOtherConfigUnfinished},
                                                         {"failed", PointState::kMissing}}) {
        put_summary(status, other);
        EXPECT_EQ(state(), expected) << status;
    }
    put_summary("failed", other, 1);
    EXPECT_EQ(state(), PointState::kOtherConfigUnfinished);
    put("summary.json", "{");
    EXPECT_EQ(state(), PointState::kOtherConfigUnfinished);
    remove("summary.json");
    EXPECT_EQ(state(), PointState::kOtherConfigUnfinished);
    put("summary.json", R"({"status": "failed"})");  // which does not say how far it was
    EXPECT_EQ(state(), PointState::kOtherConfigUnfinished);
    put_summary("failed", other);
    put("checkpoint.previous.safetensors", "");
    EXPECT_EQ(state(), PointState::kOtherConfigUnfinished);
    remove("summary.json");
    EXPECT_EQ(state(), PointState::kOtherConfigUnfinished);
    remove("config.json");
    EXPECT_EQ(state(), PointState::kOtherConfigUnfinished);
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
    EXPECT_NE(first_difference(scratch.path("run"), config).find("summary.json"), std::string::npos);
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

TEST_F(StoredRunTest, ConfigsAreComparedByWhatTheyMean) {
    put_summary("interrupted", config);
    for (const std::string& text : {config_text(config) + "\n", "// mine\n" + config_text(config)}) {
        put("config.json", text);
        EXPECT_TRUE(is_of_config()) << text;
    }
    put("config.json", config_text(other));
    EXPECT_FALSE(is_of_config());
    EXPECT_EQ(first_difference(scratch.path("run"), config), " (first in seed)");
    put("config.json", "{");
    EXPECT_FALSE(is_of_config());
    EXPECT_EQ(first_difference(scratch.path("run"), config), " (its config.json cannot be read as one)");
}

TEST_F(StoredRunTest, ThatIsNotThereIsMissing) {
    EXPECT_EQ(state(), PointState::kMissing);
    EXPECT_FALSE(read_stored_run(scratch.path("run"), RunConfig(config)).is_there);
    put("config.json", config_text(config));
    EXPECT_EQ(state(), PointState::kMissing);
    EXPECT_TRUE(read_stored_run(scratch.path("run"), RunConfig(config)).is_there);
}

TEST_F(StoredRunTest, BehindALinkIsNotReplaced) {
    fs::create_directory_symlink(scratch.path("run"), scratch.path("link"));
    fs::create_symlink("nowhere", scratch.path("broken"));
    const SweepPoint point{"link", "link", config, {}};
    for (const char* name : {"link", "broken"}) {
        expect_error<ConfigError>([&] { check_replaceable(scratch.path(name), point, PointState::kMissing, true); },
                                  {name, "is a link"});
    }
    EXPECT_NO_THROW(check_replaceable(scratch.path("run"), point, PointState::kMissing, true));
}

}  // namespace
}  // namespace bnrun
