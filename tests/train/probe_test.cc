#include "train/probe.h"

#include <gtest/gtest.h>

#include <Eigen/SVD>
#include <array>
#include <cmath>

#include "nn/init.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

/// The hidden layers' outputs, in whole matrices.
std::vector<Matrix<double>> activations_of(const TensorMap& tensors, const Matrix<double>& x, std::size_t layers) {
    std::vector<Matrix<double>> found;
    for (std::size_t l = 0; l < layers; ++l) {
        const Tensor& weight = tensors.at("layers." + std::to_string(l) + ".weight");
        const Tensor& bias = tensors.at("layers." + std::to_string(l) + ".bias");
        const Eigen::Map<const Matrix<double>> w(weight.values.data(), weight.shape[0], weight.shape[1]);
        const Eigen::Map<const Vector<double>> b(bias.values.data(), bias.shape[0]);
        const Matrix<double> z = (w * (l == 0 ? x : found.back())).colwise() + b;
        found.emplace_back(z.array().tanh());
    }
    return found;
}

TEST(Probe, EachLayersNormAndRangeStandInItsPlaceHoweverManyThreadsLook) {
    Config config;
    config.model.hidden = {9, 8, 7, 6, 5};
    config.model.activation = Activation::kTanh;
    const Matrix<double> x = normal_matrix(4, 10, 0, 1);
    const Panels<double> panels = poisoned_panels(x);
    const std::array<std::uint8_t, 10> labels{0, 1, 2, 0, 1, 2, 0, 1, 2, 2};
    const TensorMap values = draw_initial_values(config, 4, 3);
    const auto activations = activations_of(values, x, 5);
    for (const int threads : {1, 2, 5}) {
        ThreadTeam team(threads, threads);
        Network<double> network(4, 3, config, team);
        network.load(values);
        network.forward(panels, labels.data(), {});
        network.backward();
        for (const Norm norm : {Norm::kSpectral, Norm::kFrobenius, Norm::kRms}) {
            IterationRecord record;
            record.gradient_norms = {1, 2};  // of an earlier iteration
            record.activation_min = {7};
            observe_gradients(network, norm, team, record);
            observe_activations(network, record);
            const auto gradients = network.weight_gradients();
            ASSERT_EQ(record.gradient_norms.size(), 6U);
            for (std::size_t l = 0; l < 6; ++l) {
                EXPECT_EQ(record.gradient_norms[l], gradient_norm(norm, *gradients[l])) << l;
            }
            ASSERT_EQ(record.activation_min.size(), 5U);
            ASSERT_EQ(record.activation_max.size(), 5U);
            for (std::size_t l = 0; l < 5; ++l) {
                EXPECT_EQ(record.activation_min[l], network.activation_ranges()[l].min) << l;
                EXPECT_EQ(record.activation_max[l], network.activation_ranges()[l].max) << l;
                EXPECT_NEAR(record.activation_min[l], activations[l].minCoeff(), 1e-14) << l;
                EXPECT_NEAR(record.activation_max[l], activations[l].maxCoeff(), 1e-14) << l;
            }
        }
    }
}

TEST(Probe, TheSpectralNormIsTheLargestSingularValue) {
    Matrix<double> matrix(2, 3);
    matrix << 0, -3, 0, 0, 0, 2;
    EXPECT_NEAR(gradient_norm(Norm::kSpectral, matrix), 3, 1e-14);
}

double largest_singular_value(const Eigen::MatrixXd& matrix) {
    return Eigen::JacobiSVD<Eigen::MatrixXd>(matrix).singularValues()[0];
}

TEST(GradientNorm, FrobeniusAndRmsWorkedByHand) {
    Matrix<double> matrix(2, 2);
    matrix << 1, 2, 4, 2;
    EXPECT_DOUBLE_EQ(gradient_norm(Norm::kFrobenius, matrix), 5);
    EXPECT_DOUBLE_EQ(gradient_norm(Norm::kRms, matrix), 2.5);
}

TEST(GradientNorm, HoldsFromSubnormalNumbersToTheLargest) {
    const Matrix<double> base = normal_matrix(6, 9, 0, 1, 9);
    for (const double factor : {1e-320, 1e-300, 1e-160, 1e160, 1e300}) {
        const Matrix<double> matrix = base * factor;
        const double frobenius = (matrix / factor).norm() * factor;
        const double tolerance = factor < 1e-310 ? 1e-3 : 1e-10;  // of factor itself
        EXPECT_NEAR(gradient_norm(Norm::kFrobenius, matrix) / frobenius, 1, tolerance) << factor;
        EXPECT_NEAR(gradient_norm(Norm::kRms, matrix) / (frobenius / std::sqrt(54)), 1, tolerance) << factor;
        EXPECT_NEAR(gradient_norm(Norm::kSpectral, matrix) / (largest_singular_value(matrix / factor) * factor), 1,
                    tolerance)
            << factor;
    }
}

TEST(GradientNorm, KeepsItsPrecisionWhereFloat32HasNone) {
    const Matrix<float> tiny = Matrix<float>::Constant(3, 5, 0x1p-148F);  // norm sqrt(15) of that
    for (const Norm norm : {Norm::kSpectral, Norm::kFrobenius}) {
        EXPECT_NEAR(gradient_norm(norm, tiny) / (std::sqrt(15) * 0x1p-148), 1, 1e-6);
        EXPECT_NEAR(gradient_norm<float>(norm, Matrix<float>::Constant(3, 5, 3e38F)) / (std::sqrt(15) * 3e38), 1, 1e-6);
    }
    const double ordinary = gradient_norm(Norm::kFrobenius, Matrix<float>(Matrix<float>::Constant(3, 5, 0.1F)));
    EXPECT_EQ(ordinary, static_cast<double>(static_cast<float>(ordinary)));
}

}  // namespace
}  // namespace bnrun
