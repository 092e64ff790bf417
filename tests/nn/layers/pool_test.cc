#include "nn/layers/pool.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/layer_checks.h"

namespace bnrun {
namespace {

LayerPlan pool_plan(const Shape& in, Pooling pooling, std::int64_t size, std::int64_t stride,
                    Rounding rounding = Rounding::kFloor) {
    Config config;
    LayerConfig layer;
    layer.kind = LayerKind::kPool;
    layer.pooling = pooling;
    layer.size = size;
    layer.stride = stride;
    layer.rounding = rounding;
    config.model.layers = {layer};
    return plan_net(config, in, 2).front();
}

TEST(Pool, GradientsAreCentralDifferences) {
    for (const Pooling pooling : {Pooling::kMax, Pooling::kMean}) {
        for (const LayerPlan& plan :
             {pool_plan({2, 4, 4}, pooling, 2, 2), pool_plan({3, 5, 4}, pooling, 3, 1),
              pool_plan({1, 5, 6}, pooling, 3, 2, Rounding::kCeil), pool_plan({2, 5, 5}, pooling, 2, 3)}) {
            Pool<double> pool(plan);
            expect_central_differences(pool, plan.in.size());
        }
    }
}

TEST(Pool, WorkedByHand) {
    Pool<double> largest(pool_plan({1, 2, 3}, Pooling::kMax, 2, 1));
    LayerRun<double> run(largest);
    const Matrix<double> x = (Matrix<double>(6, 1) << 1, 4, 2, 3, 0, 5).finished();
    EXPECT_EQ(run.forward(x), (Matrix<double>(2, 1) << 4, 5).finished());
    EXPECT_EQ(run.backward((Matrix<double>(2, 1) << 7, 8).finished()),
              (Matrix<double>(6, 1) << 0, 7, 0, 0, 0, 8).finished());
    Pool<double> mean(pool_plan({1, 2, 3}, Pooling::kMean, 2, 2, Rounding::kCeil));
    LayerRun<double> mean_run(mean);
    EXPECT_EQ(mean_run.forward(x), (Matrix<double>(2, 1) << 2, 3.5).finished());  // the second: two positions inside
    EXPECT_EQ(mean_run.backward((Matrix<double>(2, 1) << 4, 6).finished()),
              (Matrix<double>(6, 1) << 1, 1, 3, 1, 1, 3).finished());
}

TEST(Pool, OfEqualValuesTheFirstGetsTheGradient) {
    Pool<double> pool(pool_plan({1, 2, 2}, Pooling::kMax, 2, 2));
    for (const Index samples : {1, 16, 20}) {
        LayerRun<double> run(pool);
        run.forward(Matrix<double>::Zero(4, samples));
        Matrix<double> expected = Matrix<double>::Zero(4, samples);
        expected.row(0).setOnes();
        EXPECT_EQ(run.backward(Matrix<double>::Ones(1, samples)), expected);
    }
}

TEST(Pool, LetsNaNThroughWhereverItStands) {
    Pool<double> pool(pool_plan({1, 2, 2}, Pooling::kMax, 2, 2));
    for (Index at = 0; at < 4; ++at) {
        Matrix<double> x = normal_matrix(4, 17, 0, 1);
        x(at, 16) = std::nan("");
        const Matrix<double> y = LayerRun<double>(pool).forward(x);
        EXPECT_TRUE(std::isnan(y(0, 16))) << at;
        EXPECT_FALSE(std::isnan(y(0, 0)));
    }
}

TEST(Pool, WindowsThatBeginOutsideAreDropped) {
    EXPECT_EQ(pool_plan({1, 7, 7}, Pooling::kMax, 2, 3, Rounding::kFloor).out, (Shape{1, 2, 2}));
    EXPECT_EQ(pool_plan({1, 7, 7}, Pooling::kMax, 2, 3, Rounding::kCeil).out, (Shape{1, 3, 3}));
    EXPECT_EQ(pool_plan({1, 6, 6}, Pooling::kMax, 2, 5, Rounding::kCeil).out, (Shape{1, 2, 2}));
    EXPECT_EQ(pool_plan({1, 5, 5}, Pooling::kMax, 2, 5, Rounding::kCeil).out, (Shape{1, 1, 1}));
}

}  // namespace
}  // namespace bnrun
