#include "nn/linear.h"

#include <gtest/gtest.h>

#include "support/matrices.h"

namespace bnrun {
namespace {

TEST(Linear, WorkedByHand) {
    Linear<double> linear(2, 1);
    linear.weight << 2, -1;
    linear.bias << 0.5;
    Matrix<double> x(2, 3);
    x << 1, 2, 3, 4, 5, 6;
    Matrix<double> z(1, 3);
    linear.forward(Panels<double>(x), z, {0, 1});
    EXPECT_EQ(z, (Matrix<double>(1, 3) << -1.5, -0.5, 0.5).finished());
    const Matrix<double> dz = (Matrix<double>(1, 3) << 1, 0, -1).finished();
    linear.backward(dz, Panels<double>(x.transpose()), {0, 1});
    EXPECT_EQ(linear.weight_gradient, (Matrix<double>(1, 2) << -2, -2).finished());
    EXPECT_EQ(linear.bias_gradient(0, 0), 0);
}

TEST(Linear, GradientsAreCentralDifferences) {
    constexpr Index kIn = 5;
    constexpr Index kOut = 4;
    constexpr Index kBatch = 19;
    Linear<double> linear(kIn, kOut);
    linear.weight = normal_matrix(kOut, kIn, 0, 1, 1);
    linear.bias = normal_matrix(kOut, 1, 0, 1, 2);
    const Matrix<double> x = normal_matrix(kIn, kBatch, 0, 1, 3);
    const Matrix<double> d = normal_matrix(kOut, kBatch, 0, 1, 4);
    const auto loss = [&] {
        Matrix<double> z(kOut, kBatch);
        linear.forward(Panels<double>(x), z, {0, kOut});
        return z.cwiseProduct(d).sum();
    };
    linear.backward(d, Panels<double>(x.transpose()), {0, kOut});
    EXPECT_LT(distance(linear.weight_gradient, slopes(linear.weight, loss)), 1e-7);
    EXPECT_LT(distance(linear.bias_gradient, slopes(linear.bias, loss)), 1e-7);
}

TEST(Linear, WorksOnTheGivenRowsOnly) {
    Linear<double> linear(2, 3);
    linear.weight.setOnes();
    linear.weight_gradient.setConstant(7);
    linear.bias_gradient.setConstant(7);
    const Panels<double> x(Matrix<double>::Ones(2, 4));
    Matrix<double> z = Matrix<double>::Constant(3, 4, 7);
    linear.forward(x, z, {1, 2});
    EXPECT_EQ(z.rowwise().sum(), (Vector<double>(3) << 28, 8, 28).finished());
    linear.backward(Matrix<double>::Ones(3, 4), Panels<double>(Matrix<double>::Ones(4, 2)), {1, 2});
    EXPECT_EQ(linear.weight_gradient.rowwise().sum(), (Vector<double>(3) << 14, 8, 14).finished());
    EXPECT_EQ(linear.bias_gradient, (Matrix<double>(3, 1) << 7, 4, 7).finished());
}

}  // namespace
}  // namespace bnrun
