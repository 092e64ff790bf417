#include "nn/layers/conv.h"

#include <gtest/gtest.h>

#include "support/layer_checks.h"

namespace bnrun {
namespace {

LayerPlan conv_plan(const Shape& in, Index channels, std::int64_t kernel, std::int64_t stride, std::int64_t padding,
                    Normalization normalization = Normalization::kNone) {
    Config config;
    LayerConfig layer;
    layer.kind = LayerKind::kConv;
    layer.units = channels;
    layer.kernel = {kernel, kernel};
    layer.stride = stride;
    layer.padding = padding;
    layer.normalization = NormalizationConfig{};
    layer.normalization->kind = normalization;
    config.model.layers = {layer};
    return plan_net(config, in, 2).front();
}

TEST(Conv, GradientsAreCentralDifferences) {
    for (const Normalization kind : {Normalization::kNone, Normalization::kWeight}) {
        for (const LayerPlan& plan : {conv_plan({2, 4, 3}, 3, 2, 1, 0, kind), conv_plan({1, 5, 5}, 5, 3, 2, 1, kind)}) {
            Conv<double> conv(plan);
            fill_tensors(conv);
            expect_central_differences(conv, plan.in.size());
        }
    }
}

TEST(Conv, WorkedByHand) {
    Conv<double> conv(conv_plan({1, 2, 2}, 2, 2, 1, 0));
    conv.weight << 1, 2, 3, 4, 0, 0, 0, 1;
    conv.bias << 10, 20;
    LayerRun<double> run(conv);
    const Matrix<double> x = (Matrix<double>(4, 2) << 1, 0, 1, 0, 1, 0, 2, 1).finished();
    EXPECT_EQ(run.forward(x), (Matrix<double>(2, 2) << 10 + 14, 10 + 4, 22, 21).finished());
    const Matrix<double> dx = run.backward((Matrix<double>(2, 2) << 1, 0, 0, 2).finished());
    EXPECT_EQ(dx, (Matrix<double>(4, 2) << 1, 0, 2, 0, 3, 0, 4, 2).finished());
    EXPECT_EQ(conv.weight_gradient, (Matrix<double>(2, 4) << 1, 1, 1, 2, 0, 0, 0, 2).finished());
    EXPECT_EQ(conv.bias_gradient, (Matrix<double>(2, 1) << 1, 2).finished());
}

TEST(Conv, OfTheWholeImageIsDense) {
    Conv<double> conv(conv_plan({3, 2, 2}, 4, 2, 1, 0));
    conv.weight = normal_matrix(4, 12, 0, 1);
    const Matrix<double> x = normal_matrix(12, 21, 0, 1, 1);
    EXPECT_LT(distance(LayerRun<double>(conv).forward(x), conv.weight * x), 1e-13);
}

TEST(Conv, MovesWithItsInput) {
    Conv<double> conv(conv_plan({1, 3, 6}, 2, 3, 1, 0));
    fill_tensors(conv);
    const Matrix<double> x = normal_matrix(18, 5, 0, 1, 1);
    Matrix<double> moved = Matrix<double>::Zero(18, 5);
    for (Index row = 0; row < 3; ++row) moved.middleRows(row * 6 + 1, 5) = x.middleRows(row * 6, 5);
    LayerRun<double> run(conv);
    const Matrix<double> y = run.forward(x);
    const Matrix<double> y_moved = run.forward(moved);
    for (Index channel = 0; channel < 2; ++channel) {
        EXPECT_EQ(y_moved.middleRows(channel * 4 + 1, 3), y.middleRows(channel * 4, 3));
    }
}

TEST(Conv, PassesShiftsAlikeOnlyWithoutPadding) {
    EXPECT_TRUE(Conv<double>(conv_plan({1, 5, 5}, 1, 3, 1, 0)).passes_shifts());
    EXPECT_FALSE(Conv<double>(conv_plan({1, 5, 5}, 1, 3, 1, 1)).passes_shifts());
}

TEST(Conv, NamesItsWeightsShape) {
    Conv<double> conv(conv_plan({3, 6, 7}, 4, 2, 1, 0));
    EXPECT_EQ(conv.tensors().front().shape, (std::vector<std::int64_t>{4, 3, 2, 2}));
    EXPECT_EQ(conv.units(), 4 * 5 * 6);
    EXPECT_EQ(conv.parameter_rows(), 4);
    EXPECT_EQ(conv.multiply_adds(), 4.0 * 3 * 2 * 2 * 5 * 6);
}

}  // namespace
}  // namespace bnrun
