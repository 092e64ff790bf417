#include "train/quantities/normalization.h"

#include <cmath>

#include "nn/layers/batch_norm.h"
#include "support/layers.h"
#include "support/quantities.h"

namespace bnrun {
namespace {

TEST(NormalizationValues, AreThoseOfTheBatchAndOfGammaAndBeta) {
    NormalizationConfig config;
    config.kind = Normalization::kBatch;
    BatchNorm<double> norm({2}, config, Fidelity::kExact);
    norm.gamma << 1, 3;
    norm.beta << -1, 1;
    auto tensors = norm.tensors();
    LayerView<double> view;
    view.gamma = &tensors[0];
    view.beta = &tensors[1];
    view.mean = &tensors[2];
    view.variance = &tensors[3];
    view.batch_norm = &norm;
    LayerRun<double> run(norm);
    Matrix<double> x(2, 4);
    x << 1, 3, 1, 3, 10, 10, 16, 16;  // means 2 and 13, deviations 1 and 3
    run.forward(x);
    NormalizationValues<double> quantity({view});
    LayerValues values;
    quantity.before_step(view, 0, values);
    EXPECT_EQ(value_of(values, "gamma_mean"), 2);
    EXPECT_EQ(value_of(values, "gamma_sd"), 1);
    EXPECT_EQ(value_of(values, "gamma_min"), 1);
    EXPECT_EQ(value_of(values, "gamma_max"), 3);
    EXPECT_EQ(value_of(values, "beta_mean"), 0);
    EXPECT_DOUBLE_EQ(value_of(values, "batch_mean_mean"), 7.5);
    EXPECT_DOUBLE_EQ(value_of(values, "batch_mean_sd"), 5.5);
    EXPECT_DOUBLE_EQ(value_of(values, "batch_sd_mean"), 2);
    EXPECT_DOUBLE_EQ(value_of(values, "batch_sd_sd"), 1);
    // From 0 and 1, with which inference begins.
    EXPECT_DOUBLE_EQ(value_of(values, "inference_mean_distance"), std::sqrt((4 + 169) / 2.0));
    EXPECT_DOUBLE_EQ(value_of(values, "inference_sd_distance"), std::sqrt((0 + 4) / 2.0));
    EXPECT_FALSE(has_value(values, "batch_mean_change"));

    x.row(0).array() += 3;
    x.row(1).array() *= 2;
    run.forward(x);
    values.clear();
    quantity.before_step(view, 0, values);
    EXPECT_DOUBLE_EQ(value_of(values, "batch_mean_change"), std::sqrt((9 + 169) / 2.0));
    EXPECT_DOUBLE_EQ(value_of(values, "batch_sd_change"), std::sqrt(9 / 2.0));
    norm.gamma_gradient << 3, 4;
    norm.beta_gradient << 0, -2;
    values.clear();
    quantity.after_step(view, 0, values);
    EXPECT_EQ(value_of(values, "gamma_gradient"), 5);
    EXPECT_EQ(value_of(values, "beta_gradient"), 2);
}

TEST(NormalizationValues, OfALayerWithoutOneAreNone) {
    LayerValues values;
    NormalizationValues<double> quantity({LayerView<double>{}});
    quantity.before_step({}, 0, values);
    quantity.after_step({}, 0, values);
    EXPECT_TRUE(values.empty());
}

}  // namespace
}  // namespace bnrun
