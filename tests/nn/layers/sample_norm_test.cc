#include "nn/layers/sample_norm.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/layer_checks.h"

namespace bnrun {
namespace {

NormalizationConfig norm_config(Normalization kind, std::int64_t groups = 1) {
    NormalizationConfig config;
    config.kind = kind;
    config.groups = groups;
    config.epsilon = 0.01;
    return config;
}

TEST(SampleNorm, GradientsAreCentralDifferences) {
    for (const Shape& shape : {Shape{6}, Shape{4, 2, 3}}) {
        for (const auto& config : {norm_config(Normalization::kLayer), norm_config(Normalization::kRms),
                                   norm_config(Normalization::kGroup, 2)}) {
            SampleNorm<double> norm(shape, config);
            fill_tensors(norm);
            expect_central_differences(norm, shape.size());
        }
    }
}

TEST(SampleNorm, LayersOfEachSampleHaveMeanZeroAndDeviationOne) {
    const Shape shape{3, 2, 2};
    SampleNorm<double> norm(shape, norm_config(Normalization::kLayer));
    const Matrix<double> x = normal_matrix(12, 21, 1e6, 20);
    const Matrix<double> y = LayerRun<double>(norm).forward(x);
    for (Index s = 0; s < x.cols(); ++s) {
        EXPECT_NEAR(y.col(s).mean(), 0, 1e-9);
        EXPECT_NEAR(y.col(s).squaredNorm() / 12, 1, 1e-3);
    }
}

TEST(SampleNorm, GroupsAreNormalizedApart) {
    const Shape shape{4, 1, 2};
    const Matrix<double> x = normal_matrix(8, 5, 2, 3);
    SampleNorm<double> groups(shape, norm_config(Normalization::kGroup, 2));
    SampleNorm<double> half({2, 1, 2}, norm_config(Normalization::kLayer));
    const Matrix<double> y = LayerRun<double>(groups).forward(x);
    EXPECT_LT(distance(y.topRows(4), LayerRun<double>(half).forward(x.topRows(4))), 1e-15);
    EXPECT_LT(distance(y.bottomRows(4), LayerRun<double>(half).forward(x.bottomRows(4))), 1e-15);
}

TEST(SampleNorm, RootMeanSquareWorkedByHand) {
    NormalizationConfig config = norm_config(Normalization::kRms);
    config.epsilon = 1;
    config.beta.learn = false;
    SampleNorm<double> norm(Shape{2}, config);
    norm.gamma << 2, -1;
    const Matrix<double> y = LayerRun<double>(norm).forward((Matrix<double>(2, 1) << 1, std::sqrt(5.0)).finished());
    EXPECT_LT(distance(y, (Matrix<double>(2, 1) << 1, -std::sqrt(5.0) / 2).finished()), 1e-15);
    EXPECT_EQ(norm.tensors().size(), 1U);
}

TEST(SampleNorm, EqualValuesGiveExactlyBeta) {
    NormalizationConfig config = norm_config(Normalization::kLayer);
    config.epsilon = 1e-5;
    config.beta.init = 0.25;
    SampleNorm<float> norm(Shape{77}, config);
    EXPECT_EQ(LayerRun<float>(norm).forward(Matrix<float>::Constant(77, 3, 0.1F)),
              Matrix<float>::Constant(77, 3, 0.25F));
}

TEST(SampleNorm, ASampleIsTheSameInEveryBatchAndMode) {
    SampleNorm<double> norm({4, 2, 2}, norm_config(Normalization::kGroup, 4));
    const Matrix<double> x = normal_matrix(16, 60, 0, 1);
    const Matrix<double> y = LayerRun<double>(norm).forward(x);
    LayerRun<double> run(norm);
    run.batch.mode = Mode::kInference;
    for (const Index samples : {1, 8, 17}) EXPECT_EQ(run.forward(x.leftCols(samples)), y.leftCols(samples));
}

}  // namespace
}  // namespace bnrun
