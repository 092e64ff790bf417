#include "train/lsuv.h"

#include <gtest/gtest.h>

#include "nn/init.h"
#include "support/matrices.h"
#include "support/plans.h"

namespace bnrun {
namespace {

double variance_of_output(Network<double>& network, const Panels<double>& x, std::size_t layer) {
    const Matrix<double> z = values_in(network.linear_output(x, layer));
    return (z.array() - z.mean()).square().mean();
}

TEST(Lsuv, EveryLayersOutputHasUnitVariance) {
    const Config config = parse_config(R"({"model": {"activation": "tanh", "init": {"scheme": "lsuv"}, "layers": [
        {"kind": "conv", "channels": 4, "kernel": 3, "normalization": "batch"}, {"kind": "pool"},
        {"kind": "dense", "units": 20}, {"kind": "dense", "units": 20, "normalization": "weight"},
        {"kind": "dense", "units": 20, "init": {"scheme": "lsuv", "gain": 3}}]}})",
                                       "some.json", {})
                              .config;
    ThreadTeam team(2);
    const Shape shape{1, 8, 8};
    Network<double> network(shape, 5, config, team);
    network.load(draw_initial_values(config, shape, 5));
    const Panels<double> x(normal_matrix(64, 50, 0.5, 4));
    scale_to_unit_variance(plan_net(config, shape, 5), x, network);
    for (const std::size_t layer : {0U, 1U, 2U, 4U})
        EXPECT_NEAR(variance_of_output(network, x, layer), 1, 0.1) << layer;
    EXPECT_NEAR(variance_of_output(network, x, 3), 9, 0.9);
}

TEST(Lsuv, LeavesOtherLayersAlone) {
    const Config config = parse_config(R"({"model": {"layers": [{"kind": "dense", "units": 7, "init": "lsuv"},
        {"kind": "dense", "units": 6}]}})",
                                       "some.json", {})
                              .config;
    EXPECT_TRUE(has_lsuv(plan_net(config, 9, 3)));
    EXPECT_FALSE(has_lsuv(plan_net(Config(), 9, 3)));
    ThreadTeam team(1);
    Network<double> network(9, 3, config, team);
    network.load(draw_initial_values(config, 9, 3));
    const TensorMap before = network.save();
    scale_to_unit_variance(plan_net(config, 9, 3), Panels<double>(normal_matrix(9, 20, 0, 5)), network);
    const TensorMap after = network.save();
    EXPECT_NE(after.at("layers.0.weight").values, before.at("layers.0.weight").values);
    EXPECT_EQ(after.at("layers.1.weight").values, before.at("layers.1.weight").values);
}

TEST(Lsuv, ALayerOfEqualOutputsStaysAsItIs) {
    const Config config =
        parse_config(R"({"model": {"hidden": [4], "init": {"scheme": "lsuv"}}})", "some.json", {}).config;
    ThreadTeam team(1);
    Network<double> network(3, 2, config, team);
    network.load(draw_initial_values(config, 3, 2));
    const TensorMap before = network.save();
    scale_to_unit_variance(plan_net(config, 3, 2), Panels<double>(Matrix<double>::Zero(3, 20)), network);
    EXPECT_EQ(network.save().at("layers.0.weight").values, before.at("layers.0.weight").values);
}

}  // namespace
}  // namespace bnrun
