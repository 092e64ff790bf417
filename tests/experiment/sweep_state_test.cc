#include "experiment/sweep_state.h"

#include "base/error.h"
#include "support/stored_runs.h"

namespace bnrun {
namespace {

class SweepStateTest : public StoredRunFiles {
  protected:
    PointState state() { return read_point(directory, RunConfig(config)).state; }
};

TEST_F(SweepStateTest, OfAnotherConfigIsKeptUnlessItFailedBeforeItsFirstIteration) {
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

TEST_F(SweepStateTest, OfThePointsConfigIsWhatItsSummarySays) {
    put("config.json", config_text(config));
    for (const auto& [status, expected] :
         std::vector<std::pair<std::string, PointState>>{{"done", PointState::kDone},
                                                         {"diverged", PointState::kDiverged},
                                                         {"interrupted", PointState::kInterrupted},
                                                         {"failed", PointState::kFailed},
                                                         {"running", PointState::kUnfinished},
                                                         {"of a later version", PointState::kMissing}}) {
        put_summary(status, config);
        EXPECT_EQ(state(), expected) << status;
        EXPECT_EQ(has_result(state()), status == "done" || status == "diverged") << status;
        EXPECT_FALSE(is_of_another(state())) << status;
    }
    EXPECT_EQ(state_name(PointState::kOtherConfigUnfinished), "other_config_unfinished");
}

TEST_F(SweepStateTest, ARunOfAnotherConfigIsReplacedOnDemandOnly) {
    put("config.json", config_text(other));
    put_summary("done", other);
    const SweepPoint point{"run", "run", config, {}};
    expect_error<ConfigError>([&] { check_replaceable(directory, point, PointState::kOtherConfig, false); },
                              {"holds a finished run of another config (first in seed)", "--force"});
    expect_error<ConfigError>([&] { check_replaceable(directory, point, PointState::kOtherConfigUnfinished, false); },
                              {"holds an unfinished run"});
    EXPECT_NO_THROW(check_replaceable(directory, point, PointState::kOtherConfig, true));
    EXPECT_NO_THROW(check_replaceable(directory, point, PointState::kUnfinished, false));
}

TEST_F(SweepStateTest, BehindALinkIsNotReplaced) {
    std::filesystem::create_directory_symlink(scratch.path("run"), scratch.path("link"));
    std::filesystem::create_symlink("nowhere", scratch.path("broken"));
    const SweepPoint point{"link", "link", config, {}};
    for (const char* name : {"link", "broken"}) {
        expect_error<ConfigError>([&] { check_replaceable(scratch.path(name), point, PointState::kMissing, true); },
                                  {name, "is a link"});
    }
    EXPECT_NO_THROW(check_replaceable(scratch.path("run"), point, PointState::kMissing, true));
}

}  // namespace
}  // namespace bnrun
