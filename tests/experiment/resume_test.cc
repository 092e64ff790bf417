// A run that is interrupted and resumed ends with the bytes of one that never was.
#include "experiment/resume.h"

#include <array>
#include <new>
#include <sstream>

#include "base/error.h"
#include "data/batches.h"
#include "data/load_dataset.h"
#include "experiment/run.h"
#include "experiment/run_directory.h"
#include "experiment/run_tables.h"
#include "settings/json.h"
#include "support/recording_reporter.h"
#include "support/scratch.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

class Resume : public testing::TestWithParam<std::vector<Override>> {
  protected:
    Resume() {
        std::vector<Override> overrides = GetParam();
        for (const auto& [key, value] : std::vector<std::pair<std::string, std::string>>{{"data.source", "synthetic"},
                                                                                         {"data.train_samples", "101"},
                                                                                         {"data.test_samples", "30"},
                                                                                         {"train.batch_size", "20"},
                                                                                         {"train.epochs", "3"}}) {
            overrides.push_back({key, value});
        }
        config = parse_config("{}", "run.json", overrides).config;
        dataset = std::make_shared<Dataset>(load_dataset(config));
    }

    /// @param stop_after iterations of this process.
    void run(const std::string& name, int stop_after = -1) {
        reporter = {};
        RunOptions options;
        // It is asked once before the first iteration.
        options.stop_requested = [count = 0, stop_after]() mutable { return count++ == stop_after; };
        const RunClaim claim = RunClaim::take(scratch.path(name)).value();
        run_claimed(
            RunConfig(config), claim, options, [this](const Config&) { return dataset; }, reporter);
    }

    void interrupt(const std::string& name, int stop_after) {
        expect_error<Error>([&] { run(name, stop_after); }, {"interrupted after", "--resume"});
        EXPECT_NE(scratch.get(name + "/summary.json").find("\"status\": \"interrupted\""), std::string::npos);
    }

    void expect_same(const std::string& a, const std::string& b) {
        std::vector<std::string> names;
        for (const char* name : kTableNames) {
            if (has_table(config, name)) names.emplace_back(name);
        }
        names.insert(names.end(), {"config.json", "model.safetensors"});
        for (const std::string& name : names) {
            EXPECT_TRUE(fs::exists(scratch.path(a + "/" + name))) << name;
            EXPECT_EQ(scratch.get(a + "/" + name) == scratch.get(b + "/" + name), true) << b << "/" << name;
        }
        EXPECT_EQ(summary_without_times(a), summary_without_times(b));
    }

    void expect_same_snapshots(const std::string& a, const std::string& b) {
        const std::vector<std::string> names = snapshots_in(scratch.path(a));
        EXPECT_EQ(names.size(), config.log.snapshots.size());
        EXPECT_EQ(snapshots_in(scratch.path(b)), names);
        for (const std::string& name : names) {
            EXPECT_EQ(scratch.get(a + "/" + name) == scratch.get(b + "/" + name), true) << name;
        }
    }

    std::string summary_without_times(const std::string& name) const {
        std::istringstream lines(scratch.get(name + "/summary.json"));
        std::string kept;
        for (std::string line; std::getline(lines, line);) {
            if (line.find("second") == std::string::npos && line.find("\"written\"") == std::string::npos)
                kept += line + "\n";
        }
        return kept;
    }

    const Scratch scratch;
    Config config;
    std::shared_ptr<const Dataset> dataset;
    RecordingReporter reporter;
};

TEST_P(Resume, FromEveryIterationEndsWithTheSameBytes) {
    run("whole");
    const int iterations = static_cast<int>(3 * batch_count(config, dataset->train.samples()));
    for (int k = 1; k <= iterations; ++k) {
        const std::string name = "cut" + std::to_string(k);
        interrupt(name, k);
        run(name);
        EXPECT_NE(reporter.lines.find("going on after"), std::string::npos) << reporter.lines;
        expect_same("whole", name);
        EXPECT_FALSE(has_checkpoint(scratch.path(name)));
        EXPECT_LE(std::distance(fs::directory_iterator(scratch.path(name)), fs::directory_iterator()), 16);
        expect_same_snapshots("whole", name);
        fs::remove_all(scratch.path(name));
    }
}

TEST_P(Resume, AgainAndAgain) {
    run("whole");
    for (int i = 0; i < 4; ++i) interrupt("cut", 3);
    run("cut");
    expect_same("whole", "cut");
}

const std::array kVariants{
    std::vector<Override>{{"model.hidden", "[8, 9]"}, {"train.optimizer.name", "sgd"}, {"train.l2", "0.01"}},
    std::vector<Override>{{"model.hidden", "[8, 9]"},
                          {"model.batch_norm", "true"},
                          {"model.dropout", "0.3"},
                          {"train.l2", "0.01"},
                          {"log.evaluate_train", "true"}},
    std::vector<Override>{{"model.hidden", "[8, 9, 8]"},
                          {"precision", "float64"},
                          {"model.batch_norm", R"({"inference": "moving_average", "momentum": 0.7})"},
                          {"train.optimizer.name", "adam"},
                          {"train.optimizer.learning_rate", "0.01"},
                          {"log.every", "2"}},
    std::vector<Override>{{"model.hidden", "[12]"},
                          {"fidelity", "published"},
                          {"model.dropout", "0.2"},
                          {"model.batch_norm", R"({"inference": "population", "gamma": false})"},
                          {"train.optimizer.name", "adam"},
                          {"train.checkpoint_every", "2 iterations"}},
    std::vector<Override>{{"model.hidden", "[8]"},
                          {"data.validation_samples", "20"},
                          {"data.distort", R"({"rotate": 15, "elastic": {"sigma": 4, "alpha": 34}, "noise": 0.1})"},
                          {"train.checkpoint_every", "2 iterations"}},
    std::vector<Override>{{"model.hidden", "[8, 9]"},
                          {"model.batch_norm", "true"},
                          {"log.every", "3"},
                          {"log.snapshots", R"(["1:2", "last"])"},
                          {"log.observe", R"(["gradient", "distribution", "saturation", "weight", "update",
                                              "normalization", "covariate_shift"])"},
                          {"train.checkpoint_every", "2 iterations"}},
};
constexpr std::array kVariantNames{"sgd", "dropout", "moving_average", "published", "distorted", "observed"};
static_assert(kVariantNames.size() == kVariants.size());
INSTANTIATE_TEST_SUITE_P(Variants, Resume, testing::ValuesIn(kVariants),
                         [](const auto& each) { return std::string(kVariantNames.at(each.index)); });

/// One variant is enough for what follows.
class Checkpoints : public Resume {
  protected:
    std::string newest(const std::string& name) const { return name + "/checkpoint.safetensors"; }
    std::string previous(const std::string& name) const { return name + "/checkpoint.previous.safetensors"; }

    void interrupt_twice() {
        run("whole");
        interrupt("cut", 8);
        interrupt("cut", 3);
        ASSERT_TRUE(fs::exists(scratch.path(previous("cut"))));
    }
};

TEST_P(Checkpoints, ADamagedOneIsRefusedAndThePreviousOneUsed) {
    interrupt_twice();
    std::string bytes = scratch.get(newest("cut"));
    bytes[bytes.size() / 2] ^= 1;
    (void)scratch.put(newest("cut"), bytes);
    run("cut");
    EXPECT_NE(reporter.lines.find("checkpoint.safetensors: damaged"), std::string::npos) << reporter.lines;
    EXPECT_NE(reporter.lines.find("going on from the previous one"), std::string::npos) << reporter.lines;
    expect_same("whole", "cut");
}

TEST_P(Checkpoints, EveryDamagedByteAndEveryCutIsFound) {
    interrupt_twice();
    const std::string bytes = scratch.get(newest("cut"));
    for (std::size_t i = 0; i < bytes.size(); i += 1 + bytes.size() / 997) {
        std::string changed = bytes;
        changed[i] ^= 4;
        expect_error<DataError>([&] { (void)read_checkpoint(scratch.put("x", changed)); }, {"x: "});
        expect_error<DataError>([&] { (void)read_checkpoint(scratch.put("x", bytes.substr(0, i))); }, {"x: "});
    }
    EXPECT_NO_THROW((void)read_checkpoint(scratch.put("x", bytes)));
}

TEST_P(Checkpoints, AKillBetweenTheTwoRenamesLosesNothing) {
    interrupt_twice();
    fs::rename(scratch.path(newest("cut")), scratch.path(newest("cut") + ".tmp"));
    EXPECT_TRUE(has_checkpoint(scratch.path("cut")));
    run("cut");
    expect_same("whole", "cut");
    EXPECT_FALSE(fs::exists(scratch.path(previous("cut"))));
}

TEST_P(Checkpoints, ATableThatIsNotWhatItWasIsFound) {
    interrupt_twice();
    std::string rows = scratch.get("cut/iterations.csv");
    (void)scratch.put("cut/iterations.csv", rows.substr(0, rows.size() - 5));
    run("cut");
    EXPECT_NE(reporter.lines.find("iterations.csv: has "), std::string::npos) << reporter.lines;
    expect_same("whole", "cut");
    interrupt("other", 8);
    rows = scratch.get("other/iterations.csv");
    rows[rows.size() / 2] ^= 1;
    (void)scratch.put("other/iterations.csv", rows);
    expect_error<DataError>(
        [&] { (void)find_resume_point(scratch.path("other"), RunConfig(config), *dataset, reporter); },
        {"iterations.csv: is not what it was at the checkpoint"});
}

TEST_P(Checkpoints, WhatFailsBeforeItGoesOnKeepsWhereTheRunIs) {
    interrupt_twice();
    const std::string before = summary_without_times("cut");
    const RunClaim claim = RunClaim::take(scratch.path("cut")).value();
    const DatasetSource none = [](const Config&) -> std::shared_ptr<const Dataset> { throw std::bad_alloc(); };
    EXPECT_THROW(run_claimed(RunConfig(config), claim, {}, none, reporter), std::bad_alloc);
    const std::string after = scratch.get("cut/summary.json");
    EXPECT_NE(after.find("\"status\": \"failed\""), std::string::npos) << after;
    EXPECT_NE(reporter.lines.find("out of memory: "), std::string::npos) << reporter.lines;
    for (const char* key : {"epoch", "iteration", "test_loss"}) {
        const std::size_t start = before.find("\"" + std::string(key) + "\": ");
        const std::string expected = before.substr(start, before.find('\n', start) - start);
        EXPECT_NE(after.find(expected), std::string::npos) << after << " lacks " << expected;
    }
}

TEST_P(Checkpoints, WithoutAUsableOneASweepsRunStartsOver) {
    interrupt_twice();
    (void)scratch.put(newest("cut"), "text");
    (void)scratch.put(previous("cut"), "");
    expect_error<DataError>(
        [&] { (void)find_resume_point(scratch.path("cut"), RunConfig(config), *dataset, reporter); },
        {"checkpoint.safetensors: ", "--force starts over"});
    run("cut");
    EXPECT_NE(reporter.lines.find("starting from the beginning"), std::string::npos) << reporter.lines;
    expect_same("whole", "cut");
}

TEST_P(Checkpoints, OfAnotherConfigOrOtherDataIsRefused) {
    interrupt_twice();
    Config other = config;
    other.seed = 2;
    expect_error<DataError>([&] { (void)find_resume_point(scratch.path("cut"), RunConfig(other), *dataset, reporter); },
                            {"checkpoint.safetensors: of another config"});
    expect_error<ConfigError>([&] { (void)is_finished(scratch.path("cut"), RunConfig(other), reporter); },
                              {"first in seed"});
    Dataset changed = *dataset;
    changed.sha256["x"] = "y";
    expect_error<DataError>([&] { (void)find_resume_point(scratch.path("cut"), RunConfig(config), changed, reporter); },
                            {"checkpoint.safetensors: made with other data"});
}

TEST_P(Checkpoints, AStateOfAnotherShapeIsRefused) {
    interrupt_twice();
    CheckpointFile file = read_checkpoint(scratch.path(newest("cut")));
    file.state["layers.0.weight"].values.pop_back();
    file.state["layers.0.weight"].shape = {static_cast<std::int64_t>(file.state["layers.0.weight"].values.size())};
    (void)scratch.put(newest("cut"), checkpoint_bytes(file));
    (void)find_resume_point(scratch.path("cut"), RunConfig(config), *dataset, reporter);
    EXPECT_NE(reporter.lines.find("its state has no \"layers.0.weight\""), std::string::npos) << reporter.lines;
}

TEST_P(Checkpoints, AStateThatTheRunNeverHasIsRefused) {
    interrupt_twice();
    const CheckpointFile good = read_checkpoint(scratch.path(newest("cut")));
    for (const auto& [key, value] : std::vector<std::pair<std::string, double>>{
             {"progress.epoch", 0}, {"progress.epoch", 9}, {"progress.iteration", 99}, {"last.epoch", 7}}) {
        CheckpointFile file = good;
        file.state.at(key).values = {value};
        (void)scratch.put(newest("cut"), checkpoint_bytes(file));
        reporter = {};
        (void)find_resume_point(scratch.path("cut"), RunConfig(config), *dataset, reporter);
        EXPECT_NE(reporter.lines.find("which the run does not have"), std::string::npos) << key << reporter.lines;
    }
    CheckpointFile file = good;
    file.tables.erase("epochs.csv");
    (void)scratch.put(newest("cut"), checkpoint_bytes(file));
    (void)find_resume_point(scratch.path("cut"), RunConfig(config), *dataset, reporter);
    EXPECT_NE(reporter.lines.find("lacks the mark of epochs.csv"), std::string::npos) << reporter.lines;
}

TEST_P(Checkpoints, NoneAreWrittenWhereTheConfigSaysSo) {
    config.train.checkpoint_every.count = 0;
    expect_error<Error>([&] { run("cut", 9); }, {"--force starts over"});
    EXPECT_FALSE(has_checkpoint(scratch.path("cut")));
}

TEST_P(Checkpoints, FollowNoLink) {
    run("whole");
    const std::string mine = scratch.put("mine", "text");
    fs::create_directory(scratch.path("cut"));
    for (const std::string& name : own_run_files()) {
        if (name != ".lock") fs::create_symlink(mine, scratch.path("cut/" + name));
    }
    interrupt("cut", 8);
    for (const char* name : {"model.safetensors", "checkpoint.safetensors.tmp", "summary.json.tmp"}) {
        if (!fs::exists(scratch.path(std::string("cut/") + name)))
            fs::create_symlink(mine, scratch.path(std::string("cut/") + name));
    }
    run("cut");
    expect_same("whole", "cut");
    interrupt("again", 8);
    fs::remove(scratch.path("again/epochs.csv"));
    fs::create_symlink(mine, scratch.path("again/epochs.csv"));
    EXPECT_ANY_THROW((void)find_resume_point(scratch.path("again"), RunConfig(config), *dataset, reporter));
    EXPECT_EQ(scratch.get("mine"), "text");
}

INSTANTIATE_TEST_SUITE_P(Variant, Checkpoints, testing::Values(kVariants[1]),
                         [](const auto&) { return std::string(kVariantNames[1]); });

}  // namespace
}  // namespace bnrun
