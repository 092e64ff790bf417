#include "train/quantities/prediction.h"

#include <cmath>

#include "support/quantities.h"

namespace bnrun {
namespace {

TEST(Prediction, IsBesideTheRatioToTheLayerAbove) {
    Config config;
    config.model.depth = 3;
    const std::vector<LayerPlan> plan = plan_net(config, {784}, 10);
    Matrix<double> gradient(1, 2);
    gradient << 3, 4;
    Matrix<double> above = gradient * 20;
    const NamedTensor<double> lower{"layers.0.weight", &gradient, &gradient, true};
    const NamedTensor<double> upper{"layers.1.weight", &above, &above, true};
    std::vector<LayerView<double>> layers(4);
    for (LayerView<double>& layer : layers) layer.weight = &upper;
    layers[1].weight = &lower;
    Prediction<double> prediction(config, plan, layers);
    LayerValues values;
    prediction.after_step(layers[1], 1, values);
    EXPECT_DOUBLE_EQ(value_of(values, "measured_factor", 2), 0.05);
    EXPECT_NEAR(value_of(values, "predicted_factor", 2), 0.232, 0.001);  // the post's net without BN
    values.clear();
    prediction.after_step(layers[3], 3, values);
    EXPECT_TRUE(values.empty());
}

}  // namespace
}  // namespace bnrun
