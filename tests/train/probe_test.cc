#include "train/probe.h"

#include <gtest/gtest.h>

#include <array>

#include "nn/init.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

TEST(Probe, EachLayersNormAndRangeStandInItsPlaceHoweverManyThreadsLook) {
    Config config;
    config.model.hidden = {9, 8, 7, 6, 5};
    config.model.activation = Activation::kTanh;
    const Matrix<double> x = normal_matrix(4, 10, 0, 1);
    const std::array<std::uint8_t, 10> labels{0, 1, 2, 0, 1, 2, 0, 1, 2, 2};
    for (const int threads : {1, 2, 5}) {
        ThreadTeam team(threads, threads);
        Network<double> network(4, 3, config, team);
        network.load(draw_initial_values(config, 4, 3));
        network.forward(Panels<double>(x), labels.data(), Mode::kTrain, {});
        network.backward(Panels<double>(x.transpose()));
        for (const Norm norm : {Norm::kSpectral, Norm::kFrobenius, Norm::kRms}) {
            IterationRecord record;
            record.gradient_norms = {1, 2};  // of an earlier iteration
            observe(network, norm, team, record);
            const auto gradients = network.weight_gradients();
            ASSERT_EQ(record.gradient_norms.size(), 6U);
            for (std::size_t l = 0; l < 6; ++l) {
                EXPECT_EQ(record.gradient_norms[l], gradient_norm(norm, *gradients[l])) << l;
            }
            ASSERT_EQ(record.activation_min.size(), 5U);
            ASSERT_EQ(record.activation_max.size(), 5U);
            for (std::size_t l = 0; l < 5; ++l) {
                EXPECT_EQ(record.activation_min[l], network.hidden()[l].activations().minCoeff()) << l;
                EXPECT_EQ(record.activation_max[l], network.hidden()[l].activations().maxCoeff()) << l;
            }
        }
    }
}

TEST(Probe, TheSpectralNormIsTheLargestSingularValue) {
    Matrix<double> matrix(2, 3);
    matrix << 0, -3, 0, 0, 0, 2;
    EXPECT_NEAR(gradient_norm(Norm::kSpectral, matrix), 3, 1e-14);
}

}  // namespace
}  // namespace bnrun
