#include "nn/layers/prelu.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/layer_checks.h"

namespace bnrun {
namespace {

TEST(Prelu, GradientsAreCentralDifferences) {
    for (const double slope : {0.2, 0.0, -0.5}) {
        Prelu<double> prelu(5);
        prelu.slope(0) = slope;
        expect_central_differences(prelu, 5);
    }
}

TEST(Prelu, WorkedByHand) {
    Prelu<double> prelu(2);
    LayerRun<double> run(prelu);
    const Matrix<double> x = (Matrix<double>(2, 2) << 3, -5, 0, -1).finished();
    EXPECT_LT(distance(run.forward(x), (Matrix<double>(2, 2) << 3, -1, 0, -0.2).finished()), 1e-15);
    const Matrix<double> dx = run.backward((Matrix<double>(2, 2) << 1, 2, 3, 4).finished());
    EXPECT_LT(distance(dx, (Matrix<double>(2, 2) << 1, 0.4, 0.6, 0.8).finished()), 1e-15);
    EXPECT_EQ(prelu.slope_gradient(0), 2 * -5 + 4 * -1);
    EXPECT_EQ(prelu.activation_range()->min, -1);
    EXPECT_EQ(prelu.activation_range()->max, 3);
}

TEST(Prelu, LetsNaNThrough) {
    Prelu<double> prelu(1);
    EXPECT_TRUE(std::isnan(LayerRun<double>(prelu).forward(Matrix<double>::Constant(1, 1, std::nan("")))(0)));
}

}  // namespace
}  // namespace bnrun
