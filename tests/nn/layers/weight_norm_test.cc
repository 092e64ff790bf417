#include "nn/layers/weight_norm.h"

#include <gtest/gtest.h>

#include "nn/layers/dense.h"
#include "support/layer_checks.h"

namespace bnrun {
namespace {

TEST(WeightNorm, RowsHaveTheirMagnitudes) {
    WeightNorm<double> norm(2, 2);
    norm.magnitude << 10, 0.5;
    norm.apply((Matrix<double>(2, 2) << 3, 4, 0, -7).finished());
    EXPECT_LT(distance(norm.weight, (Matrix<double>(2, 2) << 6, 8, 0, -0.5).finished()), 1e-15);
}

TEST(WeightNorm, ARowOfZerosStaysOne) {
    WeightNorm<double> norm(1, 3);
    norm.magnitude << 2;
    const Matrix<double> v = Matrix<double>::Zero(1, 3);
    norm.apply(v);
    EXPECT_TRUE(norm.weight.isZero(0));
    norm.weight_gradient.setOnes();
    Matrix<double> dv(1, 3);
    norm.back_propagate(v, {0, 1}, dv);
    EXPECT_TRUE(dv.isZero(0));
    EXPECT_EQ(norm.magnitude_gradient(0), 0);
}

TEST(WeightNorm, GradientsOfADenseLayerAreCentralDifferences) {
    Dense<double> dense(4, 3, {true, true});
    fill_tensors(dense);
    expect_central_differences(dense, 4);
}

/// As |v| does not change w, its gradient is across v.
TEST(WeightNorm, TheGradientIsOrthogonalToTheWeight) {
    Dense<double> dense(5, 4, {false, true});
    fill_tensors(dense);
    LayerRun<double> run(dense);
    run.forward(normal_matrix(5, 9, 0, 1, 1));
    run.backward(normal_matrix(4, 9, 0, 1, 2));
    for (Index row = 0; row < 4; ++row)
        EXPECT_NEAR(dense.weight.row(row).dot(dense.weight_gradient.row(row)), 0, 1e-13);
    EXPECT_NE(dense.tensors().front().weight_gradient, nullptr);
    EXPECT_EQ(dense.tensors().size(), 2U);  // no bias
}

}  // namespace
}  // namespace bnrun
