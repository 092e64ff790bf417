#include "settings/sweep_spec.h"

#include <ctime>

#include "base/error.h"
#include "support/planned_sweeps.h"

namespace bnrun {
namespace {

using SweepSpecTest = PlannedSweeps;

TEST_F(SweepSpecTest, ASpecSaysTheSameAsFlags) {
    const SweepPlan flags = plan({"model.batch_norm=false,true", "seed=1:3"});
    const SweepPlan spec = plan_text(R"({"base": ")" + config + R"(", "grid": {"model.batch_norm": [false, true],
                                     "seed": "1:3"}})");
    EXPECT_EQ(spec.name, "lr");
    EXPECT_EQ(names(spec), names(flags));
    EXPECT_EQ(names(spec).at(3), "batch_norm=true,seed=1");
    EXPECT_EQ(config_text(spec.points[3].config), config_text(flags.points[3].config));
}

TEST_F(SweepSpecTest, ASpecTakesAByteOrderMarkAndCarriageReturns) {
    const SweepPlan found = plan_text("\xEF\xBB\xBF{\"base\": {},\r\n \"grid\": {\"seed\": \"1:2\"}}\r\n");
    EXPECT_EQ(names(found), (Texts{"seed=1", "seed=2"}));
}

TEST_F(SweepSpecTest, ABaseIsParsedOnceForAllItsPoints) {
    const std::string large =
        scratch.put("large.json", "{" + std::string(15000000, ' ') + R"("data": {"source": "synthetic"}})");
    const std::clock_t start = std::clock();  // the processor's time, as others may keep the machine busy
    EXPECT_EQ(plan_sweep(sweep_from_flags({{large}, {"seed=1:2000"}}), {}).points.size(), 2000U);
    EXPECT_LT(std::clock() - start, 20 * CLOCKS_PER_SEC);  // minutes, if each point parsed it
}

TEST_F(SweepSpecTest, GridsMistakesAreNamed) {
    const auto refuse = [&](const std::string& grid, std::initializer_list<const char*> texts) {
        expect_error<ConfigError>([&] { plan_text(R"({"base": {}, "grid": )" + grid + "}"); }, texts);
    };
    refuse("[]", {"grid: an empty list"});
    refuse("[1]", {"grid: expected {key: values}, or a list of such"});
    refuse("1", {"grid: expected {key: values}"});
    refuse(R"([{"seed": [1, 2]}, {"seed": [2, 3]}])", {"points 2 and 3 (seed=2 and seed=2) have equal configs"});
    refuse(R"([{"seed": [1, 2]}, {"seed": [2], "train.l2": [0]}])", {"points 2 and 3", "have equal configs"});
    refuse(R"([{"seed": "1:60000"}, {"seed": "1:60000"}])", {"more than 100000 points"});
}

TEST_F(SweepSpecTest, RandomSettingsAreAnAxisBesideTheGrid) {
    const SweepPlan made = plan_text(R"({"base": {}, "grid": {"seed": [1, 2]}, "random": {"n": 3, "seed": 5, "keys": {
        "train.optimizer.learning_rate": {"low": 1e-5, "high": 1e-1, "scale": "log"}, "model.width": [10, 20]}}})");
    ASSERT_EQ(made.points.size(), 6U);
    EXPECT_EQ(made.columns, (Texts{"seed", "train.optimizer.learning_rate", "model.width"}));
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(made.points[i].values[0], "1");
        EXPECT_EQ(made.points[i].group, made.points[i + 3].group);  // the same settings for each seed
    }
    SweepFlags flags{{config}, {"seed=1:2"}};
    flags.random = {"train.optimizer.learning_rate=log:1e-5:1e-1", "model.width=10,20"};
    flags.draws = 3;
    flags.draw_seed = 5;
    EXPECT_EQ(names(plan_sweep(sweep_from_flags(flags), {})), names(made));
    flags.draws = 0;
    expect_error<ConfigError>([&] { sweep_from_flags(flags); }, {"--random", "--draws"});
    flags.draws = 3;
    flags.random = {"model.wdth=1:2"};
    expect_error<ConfigError>([&] { sweep_from_flags(flags); }, {"--random model.wdth=1:2", "model.width"});
}

TEST_F(SweepSpecTest, MistakesInRandomAreNamed) {
    const auto refuse = [&](const std::string& random, std::initializer_list<const char*> texts) {
        expect_error<ConfigError>([&] { plan_text(R"({"base": {}, "random": )" + random + "}"); }, texts);
    };
    const std::string keys = R"("keys": {"train.l2": "0:1"})";
    refuse("{" + keys + "}", {"random: n: expected a whole number from 1 to 100000"});
    refuse(R"({"n": 0, )" + keys + "}", {"random: n: expected"});
    refuse(R"({"n": 18446744073709551615, )" + keys + "}", {"random: n: expected"});
    refuse(R"({"n": 2, "seed": -1, )" + keys + "}", {"random: seed: expected a whole number from 0"});
    refuse(R"({"n": 2})", {"random: keys: expected"});
    refuse(R"({"n": 2, "keys": {}})", {"random: keys: expected"});
    refuse(R"({"n": 2, "key": {}})", {"random: unknown key \"key\""});
    refuse(R"({"n": 2, "keys": {"train.l3": "0:1"}})", {"random: unknown key \"train.l3\""});
    refuse(R"({"n": 2, "keys": {"train.l2": "1:0"}})", {"random: train.l2: low has to be below high"});
    refuse(R"({"n": 2, "keys": {"train.dropout": "0:1"}})", {"unknown key"});
    refuse(R"({"n": 2, "keys": {"model.dropout": "1:2"}})", {"lr.json: random: model.dropout"});
}

TEST_F(SweepSpecTest, ASpecsMistakesAreNamed) {
    expect_error<ConfigError>([] { read_sweep_spec("/proc/self/mem"); }, {"cannot be read to its end"});
    const auto refuse = [&](const std::string& text, std::initializer_list<const char*> texts) {
        expect_error<ConfigError>([&] { plan_text(text); }, texts);
    };
    refuse(R"({"base": {}, "gird": {}})", {"lr.json", "\"gird\"", "\"grid\""});
    refuse(R"({"base": {}, "grid": {"seed": [1], "seed": [2]}})", {"duplicate key", "seed"});
    refuse(R"({"base": {}, "grid": {"seed": []}})", {"grid: seed", "no values"});
    refuse(R"({"base": {}, "grid": {"seed": 1}})", {"grid: seed", "list"});
    refuse(R"({"base": {}, "grid": [1]})", {"grid", "{key: values}"});
    refuse(R"({"base": []})", {"base", "empty list"});
    refuse(R"({"base": 3})", {"base"});
    refuse(R"({"grid": {}})", {"base is missing"});
    refuse(R"({"base": "no_such_config"})", {"no_such_config", "no such config"});
    refuse(R"({"base": {"model": {"dept": 3}}})", {"unknown key \"model.dept\"", "model.depth"});
    refuse(R"({"base": {"train.l2": 0.5}, "grid": {"train.l2": [0, 1]}})",
           {"lr.json: base 1: unknown key \"train.l2\"", R"({"train": {"l2": …}})"});
    refuse(R"({"base": {}, "grid": {"model.init": [{"a.b": 1}]}})", {"lr.json: grid: unknown key \"model.init.a.b\""});
    refuse(R"({"name": "a/b", "base": {}})", {"name", "without /"});
    refuse(R"({"name": "..", "base": {}})", {"name", "expected a file name"});
    refuse(R"({"name": 3, "base": {}})", {"name", "expected text"});
    refuse(R"({"name": "", "base": {}})", {"lr.json: name: not allowed; expected a file name"});
    refuse(R"({"base": [{"name": 3}]})", {"lr.json: base 1: name: 3 is not allowed; expected text"});
    refuse(R"({"data": {"source": "synthetic"}})", {"data is a config's key", "--config"});
    refuse(R"({"base": {}, "train.epochs": [1, 2]})", {"train.epochs is a config's key", "grid"});
}

}  // namespace
}  // namespace bnrun
