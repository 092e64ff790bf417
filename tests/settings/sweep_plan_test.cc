#include "settings/sweep_plan.h"

#include "base/error.h"
#include "support/planned_sweeps.h"

namespace bnrun {
namespace {

class SweepPlanTest : public PlannedSweeps {};

TEST_F(SweepPlanTest, NothingVariedIsOnePoint) { EXPECT_EQ(names(plan({})), (Texts{"small"})); }

TEST_F(SweepPlanTest, TheLastAxisVariesFastestAndZipIsLast) {
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

TEST_F(SweepPlanTest, BasesAreOutermostAndNamed) {
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

TEST_F(SweepPlanTest, BasesCountAsPointsWithAndWithoutAnAxis) {
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

TEST_F(SweepPlanTest, KeysWithOneEndingAreToldApart) {
    EXPECT_EQ(names(plan({"model.batch_norm.gamma.init=1", "model.batch_norm.beta.init=0"})),
              (Texts{"gamma.init=1,beta.init=0"}));
}

TEST_F(SweepPlanTest, AListOfGridsIsAllOfTheirPoints) {
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

TEST_F(SweepPlanTest, WhatAGridLeavesOutHasTheConfigsValue) {
    const SweepPlan made =
        plan_text(R"({"base": {"model": {"depth": 4}}, "grid": [{"model.depth": [2]}, {"seed": [7]}]})");
    EXPECT_EQ(made.points[0].values, (Texts{"2", "1"}));
    EXPECT_EQ(made.points[1].values, (Texts{"4", "7"}));
    EXPECT_EQ(names(made), (Texts{"depth=2", "seed=7"}));
}

TEST_F(SweepPlanTest, LabelsStandForValuesInNamesAndColumns) {
    const SweepPlan made = plan_text(R"({"base": {}, "grid": {"model.batch_norm": [{"value": false, "label": "no BN"},
        {"value": {"gamma": false}, "label": "BN without gamma"}], "seed": [1]}})");
    EXPECT_EQ(names(made), (Texts{"batch_norm=no_BN,seed=1", "batch_norm=BN_without_gamma,seed=1"}));
    EXPECT_EQ(made.points[1].values, (Texts{"BN without gamma", "1"}));
    SweepFlags flags{{config}, {"model.batch_norm=false,true"}};
    flags.labels = {"model.batch_norm=off,on"};
    EXPECT_EQ(names(plan_sweep(sweep_from_flags(flags), {})), (Texts{"batch_norm=off", "batch_norm=on"}));
}

TEST_F(SweepPlanTest, WhatHasNoEffectIsSaidOnceForAllPoints) {
    const SweepPlan found = plan({"seed=1:3"}, {}, {{"model.batch_norm.momentum", "0.5"}});
    EXPECT_EQ(found.warnings, (Texts{"model.batch_norm.momentum has no effect with the other settings"}));
    EXPECT_EQ(plan({"seed=1:3"}).warnings, Texts());
}

TEST_F(SweepPlanTest, EveryPointIsCheckedAndNamed) {
    expect_error<ConfigError>(
        [&] {
            plan({"seed=1:3", "train.optimizer.learning_rate=0.1,0"});
        },
        {"point seed=1,learning_rate=0: --grid train.optimizer.learning_rate=0.1,0: train.opt", "above 0"});
}

TEST_F(SweepPlanTest, AFaultOfTheOnlyPointIsNotAPoints) {
    try {
        plan({}, {}, {{"seed", "-1"}});
        ADD_FAILURE() << "a seed of -1 is taken";
    } catch (const ConfigError& error) {
        EXPECT_EQ(std::string(error.what()).rfind("--set seed=-1: seed: -1 is not allowed", 0), 0U) << error.what();
    }
}

TEST_F(SweepPlanTest, AnAxisFaultIsNamedAsItWasWritten) {
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

TEST_F(SweepPlanTest, ContradictionsAreErrors) {
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

TEST_F(SweepPlanTest, TwoPointsOfEqualConfigsAreAnErrorHoweverTheyAreWritten) {
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

}  // namespace
}  // namespace bnrun
