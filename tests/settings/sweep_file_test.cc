#include "settings/sweep_file.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "settings/sweep_plan.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

std::vector<std::string> texts_of(const SweepPlan& plan) {
    std::vector<std::string> texts;
    for (const SweepPoint& point : plan.points) texts.push_back(point.name + config_text(point.config));
    return texts;
}

void expect_same_plan(const SweepPlan& plan) {
    const SweepPlan again = plan_sweep(parse_sweep_spec(plan.file, "sweep.json"), {});
    EXPECT_EQ(again.name, plan.name);
    EXPECT_EQ(again.columns, plan.columns);
    EXPECT_EQ(texts_of(again), texts_of(plan));
    EXPECT_EQ(sweep_file_difference(again.file, plan.file, "sweep.json"), "");
}

/// Of two specs, where they differ.
std::string difference(const std::string& a, const std::string& b) {
    const auto file = [](const std::string& spec) { return plan_sweep(parse_sweep_spec(spec, "s.json"), {}).file; };
    return sweep_file_difference(file(a), file(b), "sweep.json");
}

TEST(SweepFile, OfFlagsPlansTheSame) {
    const Scratch scratch;
    const std::string config = scratch.put("small.json", R"({"model": {"depth": 2}} // of two layers)");
    expect_same_plan(plan_sweep(sweep_from_flags({{config}, {"train.l2=0,1e-4"}, {"model.width=3,4", "seed=1:2"}}),
                                {{"train.optimizer.name", "sgd"}}));
    expect_same_plan(plan_sweep(sweep_from_flags({{config}}), {}));
}

TEST(SweepFile, OfASpecWithManyBasesPlansTheSame) {
    const Scratch scratch;
    const std::string config = scratch.put("small.json", R"({"name": "other", "model": {"depth": 2}})");
    expect_same_plan(
        plan_sweep(parse_sweep_spec(R"({"name": "n", "base": [{}, {"name": "deep", "model": {"depth": 3}}, ")" +
                                        config + R"("], "set": {"model.width": 7}, "grid": {"seed": "1:2"}})",
                                    "s.json"),
                   {}));
}

TEST(SweepFile, OfGridsLabelsAndRandomSettingsPlansTheSame) {
    const std::string spec = R"({"base": {}, "grid": [{"seed": [1, 2]}, {"seed": [3], "model.batch_norm":
        [{"value": true, "label": "on"}]}], "zip": {"train.l2": [0, 1], "model.depth": [2, 3]}, "random": {"n": 4,
        "keys": {"model.width": "1:50", "train.optimizer.learning_rate": "log:1e-5:0.1",
                 "model.activation": [{"value": "relu", "label": "r"}, "tanh"]}}})";
    const SweepPlan plan = plan_sweep(parse_sweep_spec(spec, "s.json"), {});
    EXPECT_EQ(plan.points.size(), 24U);
    expect_same_plan(plan);
    std::string other = spec;
    other.replace(other.find("\"n\": 4"), 6, "\"n\": 5");
    EXPECT_EQ(difference(spec, other), "random.n");
}

TEST(SweepFile, KeepsWhatWasGiven) {
    const Scratch scratch;
    const std::string config = scratch.put("small.json", "{}");
    const std::string flags = plan_sweep(sweep_from_flags({{config}, {"seed=1:2"}}), {{"model.width", "7"}}).file;
    for (const char* text : {R"("seed=1:2")", R"("model.width=7")", "small.json"}) {
        EXPECT_NE(flags.find(text, flags.find("\"given\"")), std::string::npos) << flags;
    }
    const std::string spec =
        plan_sweep(parse_sweep_spec(R"({"base": {}, "grid": {"seed": "1:2"}})", "s.json"), {}).file;
    EXPECT_NE(spec.find(R"("seed": "1:2")", spec.find("\"given\"")), std::string::npos) << spec;
    EXPECT_NE(spec.find("s.json"), std::string::npos) << spec;
}

TEST(SweepFile, ASettingOfTheCommandLineReplacesTheSpecs) {
    const SweepSpec spec = parse_sweep_spec(R"({"base": {}, "set": {"model.width": 7, "seed": 3}})", "s.json");
    const SweepPlan plan = plan_sweep(spec, {{"model.width", "8"}});
    EXPECT_EQ(plan.points.at(0).config.model.width, 8);
    EXPECT_EQ(plan.points.at(0).config.seed, 3);
    expect_same_plan(plan);
}

TEST(SweepFile, ADifferenceIsNamedByItsKey) {
    const std::string one = R"({"base": {"model": {"depth": 2}}, "grid": {"seed": [1, 2], "train.l2": [0, 1]}})";
    EXPECT_EQ(difference(one, one), "");
    EXPECT_EQ(difference(one, R"({"name": "b", "base": {"model": {"depth": 2}},
                                  "grid": {"seed": "1:2", "train.l2": "0,1"}})"),
              "");
    EXPECT_EQ(difference(one, R"({"base": {"model": {"depth": 3}}, "grid": {"seed": [1, 2], "train.l2": [0, 1]}})"),
              "base.model.depth");
    EXPECT_EQ(difference(one, R"({"base": {"model": {"depth": 2}}, "grid": {"seed": [1, 3], "train.l2": [0, 1]}})"),
              "grid.seed");
    EXPECT_EQ(difference(one, R"({"base": {"model": {"depth": 2}}, "grid": {"train.l2": [0, 1], "seed": [1, 2]}})"),
              "grid, the order of its keys");
    EXPECT_EQ(difference(one, R"({"base": {"model": {"depth": 2}}, "set": {"precision": "float64"},
                                  "grid": {"seed": [1, 2], "train.l2": [0, 1]}})"),
              "set.precision");
}

TEST(SweepFile, IsToldFromOtherJson) {
    EXPECT_TRUE(is_sweep_file(plan_sweep(parse_sweep_spec(R"({"base": {}})", "s.json"), {}).file));
    EXPECT_FALSE(is_sweep_file(R"({"base": {}})"));
    EXPECT_FALSE(is_sweep_file("{"));
}

TEST(SweepFile, AMistakeInSetIsNamed) {
    expect_error<ConfigError>([] { parse_sweep_spec(R"({"base": {}, "set": {"sed": 1}})", "s.json"); },
                              {"s.json: set: unknown key \"sed\""});
    expect_error<ConfigError>(
        [] {
            plan_sweep(parse_sweep_spec(R"({"base": {}, "set": {"seed": 1}, "grid": {"seed": "1:2"}})", "s.json"), {});
        },
        {"s.json: set: the sweep varies seed"});
    expect_error<ConfigError>(
        [] { plan_sweep(parse_sweep_spec(R"({"base": {}, "set": {"seed": -1}})", "s.json"), {}); },
        {"s.json: set: seed: -1"});
}

}  // namespace
}  // namespace bnrun
