#include "nn/activation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/matrices.h"

namespace bnrun {
namespace {

double activated(Activation activation, double x) {
    Matrix<double> y = Matrix<double>::Constant(1, 1, x);
    activate(activation, y, y, {0, 1});
    return y(0, 0);
}

/// d, times the derivative where the output is y.
double slope(Activation activation, double y, double d = 1) {
    const Matrix<double> output = Matrix<double>::Constant(1, 1, y);
    Matrix<double> gradient = Matrix<double>::Constant(1, 1, d);
    multiply_by_derivative(activation, output, gradient, {0, 1});
    return gradient(0, 0);
}

TEST(Activation, WorkedByHand) {
    EXPECT_DOUBLE_EQ(activated(Activation::kSigmoid, std::log(3)), 0.75);
    EXPECT_DOUBLE_EQ(activated(Activation::kTanh, std::log(2)), 0.6);
    EXPECT_NEAR(activated(Activation::kTanhOpt, 1), 1, 1e-4);  // as it is made to
    EXPECT_DOUBLE_EQ(activated(Activation::kTanhOpt, 1.5 * std::log(2)), 1.7159 * 0.6);
    EXPECT_EQ(activated(Activation::kRelu, -2), 0);
    EXPECT_EQ(activated(Activation::kRelu, 2), 2);
    EXPECT_DOUBLE_EQ(activated(Activation::kLeakyRelu, -2), -0.02);
    EXPECT_EQ(activated(Activation::kLeakyRelu, 2), 2);
    EXPECT_EQ(activated(Activation::kLinear, -2), -2);
}

TEST(Activation, DerivativesWorkedByHand) {
    EXPECT_DOUBLE_EQ(slope(Activation::kSigmoid, 0.75, 3), 3 * 0.1875);
    EXPECT_DOUBLE_EQ(slope(Activation::kTanh, 0.6, 3), 3 * 0.64);
    EXPECT_DOUBLE_EQ(slope(Activation::kTanhOpt, 1.7159 * 0.6, 3), 3 * 1.7159 * 2 / 3 * 0.64);
    EXPECT_EQ(slope(Activation::kRelu, 0, 3), 0);
    EXPECT_EQ(slope(Activation::kRelu, 2, 3), 3);
    EXPECT_DOUBLE_EQ(slope(Activation::kLeakyRelu, 0, 3), 0.03);
    EXPECT_EQ(slope(Activation::kLeakyRelu, 2, 3), 3);
    EXPECT_EQ(slope(Activation::kLinear, 2, 3), 3);
}

TEST(Activation, DerivativesMatchCentralDifferences) {
    const Matrix<double> x = normal_matrix(4, 25, 0.1, 1.5);
    constexpr double kStep = 1e-6;
    for (const Activation activation : {Activation::kSigmoid, Activation::kTanh, Activation::kTanhOpt,
                                        Activation::kRelu, Activation::kLeakyRelu, Activation::kLinear}) {
        Matrix<double> y(4, 25);
        activate(activation, x, y, {0, 4});
        Matrix<double> d = Matrix<double>::Ones(4, 25);
        multiply_by_derivative(activation, y, d, {0, 4});
        Matrix<double> above = x.array() + kStep;
        Matrix<double> below = x.array() - kStep;
        activate(activation, above, above, {0, 4});
        activate(activation, below, below, {0, 4});
        for (Index i = 0; i < x.size(); ++i) {
            const double difference = (above.data()[i] - below.data()[i]) / (2 * kStep);
            EXPECT_NEAR(d.data()[i], difference, 1e-8) << static_cast<int>(activation) << " at " << x.data()[i];
        }
    }
}

TEST(Activation, LetsNotANumberThrough) {
    for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
        Matrix<float> x = Matrix<float>::Constant(1, 3, std::nanf(""));
        activate(static_cast<Activation>(a), x, x, {0, 1});
        EXPECT_TRUE(std::isnan(x(0, 1))) << kActivationNames[a];
    }
}

TEST(Activation, WorksOnTheGivenRowsOnly) {
    Matrix<double> x = Matrix<double>::Constant(3, 5, -1);
    activate(Activation::kRelu, x, x, {1, 2});
    EXPECT_EQ(x.rowwise().sum(), (Vector<double>(3) << -5, 0, -5).finished());
    Matrix<double> d = Matrix<double>::Ones(3, 5);
    multiply_by_derivative(Activation::kRelu, x, d, {1, 2});
    EXPECT_EQ(d.rowwise().sum(), (Vector<double>(3) << 5, 0, 5).finished());
}

}  // namespace
}  // namespace bnrun
