#include <ctime>

#include "base/error.h"
#include "settings/point_names.h"
#include "settings/sweep_plan.h"
#include "settings/sweep_values.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

using Texts = std::vector<std::string>;

Texts values(const std::string& text) { return sweep_values(text, "--grid k=" + text); }

class SweepSpecTest : public testing::Test {
  protected:
    SweepSpecTest() { config = scratch.put("small.json", R"({"data": {"source": "synthetic"}})"); }

    SweepPlan plan(const Texts& grid, const Texts& zip = {}, const std::vector<Override>& set = {}) const {
        return plan_sweep(sweep_from_flags({{config}, grid, zip}), set);
    }

    SweepPlan plan_text(const std::string& text) const {
        return plan_sweep(read_sweep_spec(scratch.put("lr.json", text)), {});
    }

    static Texts names(const SweepPlan& plan) {
        Texts names;
        for (const SweepPoint& point : plan.points) names.push_back(point.name);
        return names;
    }

    Scratch scratch;
    std::string config;
};

TEST(SweepValues, CommasSplitOutsideBracketsAndQuotes) {
    EXPECT_EQ(values("1,2.5,true"), (Texts{"1", "2.5", "true"}));
    EXPECT_EQ(values("[1,2],[3]"), (Texts{"[1,2]", "[3]"}));
    EXPECT_EQ(values(R"({"a":1,"b":2},"x,y","q\",")"), (Texts{R"({"a":1,"b":2})", R"("x,y")", R"("q\",")"}));
    EXPECT_EQ(values("relu,null,a:b"), (Texts{R"("relu")", "null", R"("a:b")"}));
}

TEST(SweepValues, WhatIsLeftOpenIsText) {
    EXPECT_EQ(values(R"("a,b)"), (Texts{R"("\"a,b")"}));
    EXPECT_EQ(values("\"a\\"), (Texts{R"("\"a\\")"}));
    EXPECT_EQ(values("a],b}"), (Texts{R"("a]")", R"("b}")"}));
    EXPECT_EQ(values("a\\,b"), (Texts{R"("a\\")", R"("b")"}));
}

TEST(SweepValues, RangesIncludeTheirEnds) {
    EXPECT_EQ(values("1:3"), (Texts{"1", "2", "3"}));
    EXPECT_EQ(values("1:3,7"), (Texts{"1", "2", "3", "7"}));
    EXPECT_EQ(values("10:4:-3"), (Texts{"10", "7", "4"}));
    EXPECT_EQ(values("0.1:0.5:0.1"), (Texts{"0.1", "0.2", "0.3", "0.4", "0.5"}));
    EXPECT_EQ(values("0:1:0.4"), (Texts{"0", "0.4", "0.8"}));
    EXPECT_EQ(values("9223372036854775806:9223372036854775807"), (Texts{"9223372036854775806", "9223372036854775807"}));
}

TEST(SweepValues, RangesHaveTheDecimalsOfTheirStep) {
    EXPECT_EQ(values("0.3:0:-0.1"), (Texts{"0.3", "0.2", "0.1", "0"}));
    EXPECT_EQ(values("-0.3:0.3:0.1"), (Texts{"-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3"}));
    EXPECT_EQ(values("0.05:0.3:0.1"), (Texts{"0.05", "0.15", "0.25"}));
    EXPECT_EQ(values("1:1.5:2.5e-1"), (Texts{"1", "1.25", "1.5"}));
    EXPECT_EQ(values("0.10:.3:1E-1"), (Texts{"0.1", "0.2", "0.3"}));
    EXPECT_EQ(values("0.:0.0e+5:0.5"), (Texts{"0"}));
    EXPECT_EQ(values("1e-5:3e-05:0.00001"), (Texts{"1e-05", "2e-05", "3e-05"}));
    EXPECT_EQ(values("0.1234567890123:0.3234567890123:0.1"),
              (Texts{"0.1234567890123", "0.2234567890123", "0.3234567890123"}));
}

TEST(SweepValues, ARangeEndsWhereItsLastStepDoesHoweverLargeOrSmall) {
    const auto expect = [](const std::string& text, std::size_t count, double last) {
        const Texts found = values(text);
        EXPECT_EQ(found.size(), count) << text;
        EXPECT_EQ(std::strtod(found.back().c_str(), nullptr), last) << text;
    };
    expect("0:0.99999:1e-5", 100000, 0.99999);
    expect("1e-10:1e-9:1e-10", 10, 1e-9);
    expect("0:1e15:0.1e15", 11, 1e15);
    expect("0:0.9999999999:0.1", 10, 0.9);
    expect("0:1:0.3333333333333333", 4, 0.9999999999999999);
    expect("0:0.7:0.1", 8, 0.7);
    expect("1e300:3e300:1e300", 3, 3e300);
    expect("5e-324:1.5e-323:5e-324", 3, 1.5e-323);
    expect("0.1:1e30:1e29", 10, 9e29);
    expect("1:0.99999:-1e-5", 2, 0.99999);
}

TEST(SweepValues, RangesMaySpanAllWholeNumbers) {
    EXPECT_EQ(values("-9223372036854775808:9223372036854775807:9223372036854775807"),
              (Texts{"-9223372036854775808", "-1", "9223372036854775806"}));
    EXPECT_EQ(values("9223372036854775807:-9223372036854775808:-9223372036854775808"),
              (Texts{"9223372036854775807", "-1"}));
}

TEST(SweepValues, SeveralRangesTogetherAreLimitedToo) {
    expect_error<ConfigError>([] { values("1:60000,1:60000"); }, {"more than 100000 values"});
}

TEST(SweepValues, ItemsThatAreNestedDeepOrHoldAKeyTwiceAreRefused) {
    expect_error<ConfigError>([] { values(std::string(100000, '[') + std::string(100000, ']')); }, {"nested deeper"});
    expect_error<ConfigError>([] { values(R"({"enabled":true,"enabled":false})"); }, {"duplicate key \"enabled\""});
}

TEST(SweepValues, LogarithmicRangesHitPowersOfTenExactly) {
    const Texts texts = values("log:1e-5:1e-1:5");
    Texts read;
    for (const std::string& text : texts) read.push_back(value_text(text));
    EXPECT_EQ(read, (Texts{"1e-5", "1e-4", "1e-3", "0.01", "0.1"}));
    EXPECT_EQ(std::stod(texts[1]), 1e-4);
    EXPECT_EQ(values("log:1:100:4"), (Texts{"1", "4.64158883361", "21.5443469003", "100"}));
}

TEST(SweepValues, BadRangesAreRefusedByName) {
    for (const char* text : {"1:0",
                             "1:2:0",
                             "1:2:-1",
                             "1:2:3:4",
                             "1:x",
                             "1.5:3",
                             "0:1e300:1e-300",
                             "0:99999999:1",
                             "log:1:2",
                             "log:0:1:3",
                             "0:1:1e-5",
                             "1:1e50:1e49",
                             "0.1:0.1:0",
                             "0.1:0.2:-0.1",
                             "9223372036854775807:9223372036854775806:1",
                             "log:1:2:1",
                             "log:1:2:x",
                             "log:1:-1:3",
                             "log:1:2:100001",
                             "1:2:nan",
                             "1:2:x",
                             "0.5:x:1",
                             "9223372036854775807:-1:-1"}) {
        expect_error<ConfigError>([&] { values(text); }, {"--grid k=", "bad range", text});
    }
    EXPECT_EQ(values("0.5:2:1"), (Texts{"0.5", "1.5"}));
    EXPECT_EQ(values("0:1.5:1"), (Texts{"0", "1"}));
    expect_error<ConfigError>([] { values(""); }, {"no values"});
    expect_error<ConfigError>([] { values("1,,2"); }, {"empty value"});
}

TEST(SweepNames, NumbersTakeTheShorterForm) {
    EXPECT_EQ(value_text("0.0001"), "1e-4");
    EXPECT_EQ(value_text("0.05"), "0.05");
    EXPECT_EQ(value_text("1e6"), "1e6");
    EXPECT_EQ(value_text("1000"), "1000");
    EXPECT_EQ(value_text("1.5"), "1.5");
    EXPECT_EQ(value_text("0.0"), "0");
    EXPECT_EQ(value_text("[100,50]"), "100-50");
    EXPECT_EQ(value_text("\"relu\""), "relu");
}

TEST(SweepNames, AreSafeAndShort) {
    EXPECT_EQ(point_name({"dir", "seed"}, {"a/b c", "1"}), "dir=a_b_c,seed=1");
    const std::string one = point_name({"dir"}, {std::string(300, 'x')});
    const std::string two = point_name({"dir"}, {std::string(299, 'x') + "y"});
    EXPECT_EQ(one.size(), kLongestPointName);
    EXPECT_EQ(two.size(), kLongestPointName);
    EXPECT_NE(one, two);
}

TEST_F(SweepSpecTest, TheLastAxisVariesFastestAndZipIsLast) {
    const SweepPlan made =
        plan({"train.optimizer.learning_rate=1e-4,0.05", "seed=1:2"}, {"model.depth=2,3", "model.width=10,20"});
    EXPECT_EQ(made.name, "small_sweep");
    EXPECT_EQ(made.columns, (Texts{"train.optimizer.learning_rate", "seed", "model.depth", "model.width"}));
    ASSERT_EQ(made.points.size(), 8U);
    EXPECT_EQ(made.points[0].name, "learning_rate=1e-4,seed=1,depth=2,width=10");
    EXPECT_EQ(made.points[1].name, "learning_rate=1e-4,seed=1,depth=3,width=20");
    EXPECT_EQ(made.points[2].name, "learning_rate=1e-4,seed=2,depth=2,width=10");
    EXPECT_EQ(made.points[4].name, "learning_rate=0.05,seed=1,depth=2,width=10");
    EXPECT_EQ(made.points[5].group, "learning_rate=0.05,depth=3,width=20");
    EXPECT_EQ(made.points[5].config.name, made.points[5].name);
    EXPECT_EQ(made.points[5].config.model.width, 20);
    EXPECT_EQ(made.points[5].config.train.optimizer.learning_rate, 0.05);
}

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

TEST_F(SweepSpecTest, BasesAreOutermostAndNamed) {
    const SweepPlan made = plan_text(R"({"name": "n", "base": [")" + config +
                                     R"(", {"model": {"depth": 2}}, {"name": "deep", "model": {"depth": 9}}],
                                     "grid": {"seed": [1, 2]}})");
    EXPECT_EQ(made.name, "n");
    EXPECT_EQ(names(made), (Texts{"config=small,seed=1", "config=small,seed=2", "config=base2,seed=1",
                                  "config=base2,seed=2", "config=deep,seed=1", "config=deep,seed=2"}));
    EXPECT_EQ(made.columns, (Texts{"config", "seed"}));
    EXPECT_EQ(made.points[2].config.model.depth, 2);
    EXPECT_EQ(made.points[5].config.model.depth, 9);
}

TEST_F(SweepSpecTest, BasesCountAsPointsWithAndWithoutAnAxis) {
    const auto bases = [](int count) {
        std::string text = R"({"base": [{})";
        for (int i = 1; i < count; ++i) text += ",{}";
        return text + "]";
    };
    expect_error<ConfigError>([&] { (void)plan_text(bases(100001) + "}"); }, {"100001 configs", "at most 100000"});
    expect_error<ConfigError>([&] { (void)plan_text(bases(50001) + R"(, "grid": {"seed": [1, 2]}})"); },
                              {"sweep: more than 100000 points"});
    SweepSpec many = sweep_from_flags({{config}});
    many.bases.resize(100001, many.bases.front());
    expect_error<ConfigError>([&] { (void)plan_sweep(many, {}); }, {"sweep: more than 100000 points"});
}

TEST_F(SweepSpecTest, ABaseIsParsedOnceForAllItsPoints) {
    const std::string large =
        scratch.put("large.json", "{" + std::string(15000000, ' ') + R"("data": {"source": "synthetic"}})");
    const std::clock_t start = std::clock();  // the processor's time, as others may keep the machine busy
    EXPECT_EQ(plan_sweep(sweep_from_flags({{large}, {"seed=1:2000"}}), {}).points.size(), 2000U);
    EXPECT_LT(std::clock() - start, 20 * CLOCKS_PER_SEC);  // minutes, if each point parsed it
}

TEST_F(SweepSpecTest, KeysWithOneEndingAreToldApart) {
    EXPECT_EQ(names(plan({"model.batch_norm.gamma.init=1", "model.batch_norm.beta.init=0"})),
              (Texts{"gamma.init=1,beta.init=0"}));
}

TEST_F(SweepSpecTest, AListOfGridsIsAllOfTheirPoints) {
    const SweepPlan made = plan_text(R"({"base": {}, "grid": [
        {"train.optimizer.name": ["sgd"], "train.optimizer.momentum": [0, 0.5]},
        {"train.optimizer.name": ["adam"], "model.batch_norm": [true]}], "zip": {"seed": [1, 2]}})");
    EXPECT_EQ(names(made), (Texts{"name=sgd,momentum=0,seed=1", "name=sgd,momentum=0,seed=2",
                                  "name=sgd,momentum=0.5,seed=1", "name=sgd,momentum=0.5,seed=2",
                                  "name=adam,seed=1,batch_norm=true", "name=adam,seed=2,batch_norm=true"}));
    EXPECT_EQ(made.columns, (Texts{"train.optimizer.name", "train.optimizer.momentum", "seed", "model.batch_norm"}));
    EXPECT_EQ(made.points[3].values, (Texts{"sgd", "0.5", "2", ""}));
    EXPECT_EQ(made.points[4].values, (Texts{"adam", "", "1", "true"}));  // adam has no momentum
    EXPECT_EQ(made.points[4].group, "name=adam,batch_norm=true");
    EXPECT_TRUE(made.points[4].config.model.normalization.kind == Normalization::kBatch);
    EXPECT_TRUE(made.points[3].config.model.normalization.kind == Normalization::kNone);
}

TEST_F(SweepSpecTest, WhatAGridLeavesOutHasTheConfigsValue) {
    const SweepPlan made =
        plan_text(R"({"base": {"model": {"depth": 4}}, "grid": [{"model.depth": [2]}, {"seed": [7]}]})");
    EXPECT_EQ(made.points[0].values, (Texts{"2", "1"}));
    EXPECT_EQ(made.points[1].values, (Texts{"4", "7"}));
    EXPECT_EQ(names(made), (Texts{"depth=2", "seed=7"}));
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

TEST_F(SweepSpecTest, LabelsStandForValuesInNamesAndColumns) {
    const SweepPlan made = plan_text(R"({"base": {}, "grid": {"model.batch_norm": [{"value": false, "label": "no BN"},
        {"value": {"gamma": false}, "label": "BN without gamma"}], "seed": [1]}})");
    EXPECT_EQ(names(made), (Texts{"batch_norm=no_BN,seed=1", "batch_norm=BN_without_gamma,seed=1"}));
    EXPECT_EQ(made.points[1].values, (Texts{"BN without gamma", "1"}));
    SweepFlags flags{{config}, {"model.batch_norm=false,true"}};
    flags.labels = {"model.batch_norm=off,on"};
    EXPECT_EQ(names(plan_sweep(sweep_from_flags(flags), {})), (Texts{"batch_norm=off", "batch_norm=on"}));
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

TEST_F(SweepSpecTest, NothingVariedIsOnePoint) { EXPECT_EQ(names(plan({})), (Texts{"small"})); }

TEST_F(SweepSpecTest, WhatHasNoEffectIsSaidOnceForAllPoints) {
    const SweepPlan found = plan({"seed=1:3"}, {}, {{"model.batch_norm.momentum", "0.5"}});
    EXPECT_EQ(found.warnings, (Texts{"model.batch_norm.momentum has no effect with the other settings"}));
    EXPECT_EQ(plan({"seed=1:3"}).warnings, Texts());
}

TEST_F(SweepSpecTest, EveryPointIsCheckedAndNamed) {
    expect_error<ConfigError>(
        [&] {
            plan({"seed=1:3", "train.optimizer.learning_rate=0.1,0"});
        },
        {"point seed=1,learning_rate=0: --grid train.optimizer.learning_rate=0.1,0: train.opt", "above 0"});
}

TEST_F(SweepSpecTest, AFaultOfTheOnlyPointIsNotAPoints) {
    try {
        plan({}, {}, {{"seed", "-1"}});
        ADD_FAILURE() << "a seed of -1 is taken";
    } catch (const ConfigError& error) {
        EXPECT_EQ(std::string(error.what()).rfind("--set seed=-1: seed: -1 is not allowed", 0), 0U) << error.what();
    }
}

TEST_F(SweepSpecTest, AnAxisFaultIsNamedAsItWasWritten) {
    const std::string spec = R"({"base": {}, "zip": {"seed": "1:2", "model.depth": [3, -3]}})";
    expect_error<ConfigError>([&] { plan_text(spec); }, {"point seed=2,depth=-3: ", "lr.json: zip: model.depth: -3"});
    expect_error<ConfigError>([&] { plan({}, {"seed=1,-1"}); }, {"--zip seed=1,-1: seed: -1"});
    expect_error<ConfigError>([&] { plan({"seed=1:2"}, {}, {{"model.depth", "-3"}}); }, {"--set model.depth=-3"});
    expect_error<ConfigError>(
        [&] {
            plan({"seed=1:2", "train.l2=0,1e-46"});
        },
        {"point seed=1,l2=1e-46: --grid train.l2=0,1e-46: train.l2: "});
    expect_error<ConfigError>(
        [&] { plan_text(R"({"base": {"train": {"batch_size": 1}}, "grid": {"model.batch_norm": [true]}})"); },
        {"point batch_norm=true: ", "lr.json: grid: train.batch_size: 1"});
    expect_error<ConfigError>([&] { plan({"model.dept=1:2"}); }, {"--grid model.dept=1:2", "model.depth"});
    expect_error<ConfigError>([&] { plan_text(R"({"base": {}, "grid": {"sed": [1]}})"); },
                              {"lr.json: grid: unknown key \"sed\""});
}

TEST_F(SweepSpecTest, ContradictionsAreErrors) {
    const auto refuse = [&](const Texts& grid, const Texts& zip, std::initializer_list<const char*> texts) {
        expect_error<ConfigError>([&] { plan(grid, zip); }, texts);
    };
    refuse({"seed=1:3", "seed=4"}, {}, {"two axes on seed"});
    refuse({"model.batch_norm=true", "model.batch_norm.epsilon=1e-5"}, {}, {"model.batch_norm ", "epsilon", "remove"});
    refuse({"train.lerning_rate=1"}, {}, {"unknown key", "did you mean", "learning_rate"});
    refuse({"seed"}, {}, {"--grid seed", "key=values"});
    refuse({"=1"}, {}, {"--grid =1: expected key=values"});
    const std::string many = "seed=-1" + std::string(100, '0') + ",1";
    refuse({many}, {}, {("--grid " + many.substr(0, 93) + "…: seed: ").c_str()});
    refuse({"seed=1,1"}, {}, {"points 1 and 2", "seed=1"});
    refuse({"train.l2=0.0001,1e-4"}, {}, {"l2=1e-4"});
    refuse({"name=a,b"}, {}, {"name cannot vary"});
    refuse({"seed=1:1000", "train.epochs=1:1000"}, {}, {"100000 points"});
    refuse({}, {"seed=1:3", "model.depth=1:2"}, {"--zip model.depth=1:2", "2 values, but 3 of seed"});
    expect_error<ConfigError>([&] { plan({"seed=1:3"}, {}, {{"seed", "4"}}); }, {"--set seed=4", "varies seed"});
    expect_error<ConfigError>([&] { plan({"seed=1:3"}, {}, {{"name", "a"}}); }, {"--set name=a"});
    expect_error<ConfigError>(
        [&] {
            plan({"model.batch_norm=true"}, {}, {{"model.batch_norm.epsilon", "1"}});
        },
        {"--set model.batch_norm.epsilon=1: the sweep varies model.batch_norm; remove"});
    expect_error<ConfigError>([] { sweep_from_flags({{}, {"seed=1"}}); }, {"--config"});
}

TEST_F(SweepSpecTest, TwoPointsOfEqualConfigsAreAnErrorHoweverTheyAreWritten) {
    const auto refuse = [&](const Texts& grid, const char* points) {
        expect_error<ConfigError>([&] { plan(grid); }, {"sweep: points ", points, "have equal configs"});
    };
    refuse({"seed=1000,2,1e3"}, "1 and 3 (seed=1000 and seed=1e3)");
    refuse({R"(model.batch_norm=true,{"enabled":true})"}, "1 and 2 (batch_norm=true and batch_norm=__enabled__true_)");
    refuse({"train.l2=0.10,0.1"}, "1 and 2 (l2=0.1 and l2=0.1)");
    refuse({"train.l2=0,-0.0"}, "1 and 2 (l2=0 and l2=-0)");
    refuse({"data.train_samples=null,10", "seed=1,2,1.0"}, "1 and 3 (train_samples=null,seed=1 and ");
    refuse({R"(model={"hidden":[3,3]},{"depth":2,"width":3})"}, "1 and 2");
    refuse({R"(train.checkpoint_every="1 epoch","1 epochs")"}, "1 and 2");
    expect_error<ConfigError>([&] { plan_text(R"({"base": [{}, {"name": "b", "seed": 1}]})"); },
                              {"points 1 and 2 (config=base1 and config=b) have equal configs"});
    expect_error<ConfigError>([&] { plan({"data.dir=a b,a_b"}); }, {"points 1 and 2 are both named dir=a_b"});
    EXPECT_EQ(plan({"model.batch_norm.enabled=false,true", "model.batch_norm.epsilon=1e-5,1e-3"}).points.size(), 4U);
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
