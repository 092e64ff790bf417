#include "nn/layers/lrn.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/layer_checks.h"

namespace bnrun {
namespace {

LayerConfig lrn_config(bool across, std::int64_t size, double alpha, double beta, double k, AlphaPer per) {
    LayerConfig config;
    config.kind = LayerKind::kLrn;
    config.across = across;
    config.size = size;
    config.alpha = alpha;
    config.beta = beta;
    config.k = k;
    config.alpha_per = per;
    return config;
}

/// y = x / (k + a sum)^beta, as the formula says it.
Matrix<double> plain_lrn(const Matrix<double>& x, const Shape& shape, const LayerConfig& config) {
    const Index before = config.size / 2;
    const Index after = (config.size - 1) / 2;
    const double window = static_cast<double>(config.across ? config.size : config.size * config.size);
    const double a = config.alpha_per == AlphaPer::kSize ? config.alpha / window : config.alpha;
    Matrix<double> y = x;
    const auto is_near = [&](Index center, Index other) { return other >= center - before && other <= center + after; };
    for (Index s = 0; s < x.cols(); ++s) {
        for (Index i = 0; i < x.rows(); ++i) {
            double sum = 0;
            for (Index j = 0; j < x.rows(); ++j) {
                const Index c = i / shape.positions();
                const Index other = j / shape.positions();
                const Index at = i % shape.positions();
                const Index at_other = j % shape.positions();
                const bool counts = config.across ? at == at_other && is_near(c, other)
                                                  : c == other && is_near(at / shape.width, at_other / shape.width) &&
                                                        is_near(at % shape.width, at_other % shape.width);
                if (counts) sum += x(j, s) * x(j, s);
            }
            y(i, s) = x(i, s) * std::pow(config.k + a * sum, -config.beta);
        }
    }
    return y;
}

TEST(Lrn, IsItsFormulaAndItsGradientsAreCentralDifferences) {
    const Shape shape{5, 3, 4};
    const Shape small{5, 3, 2};  // where each input is moved
    for (const bool across : {true, false}) {
        for (const std::int64_t size : {1, 2, 3, 4, 5, 9}) {
            for (const double beta : {0.75, 0.5, 1.0, 0.3}) {
                const LayerConfig config =
                    lrn_config(across, size, 0.8, beta, 1.5, size % 2 == 0 ? AlphaPer::kOne : AlphaPer::kSize);
                Lrn<double> lrn(shape, config);
                const Matrix<double> x = normal_matrix(shape.size(), 19, 0, 1, 7);
                EXPECT_LT(distance(LayerRun<double>(lrn).forward(x), plain_lrn(x, shape, config)), 1e-14)
                    << across << " " << size << " " << beta;
                if (size > 4 || beta == 1) continue;
                Lrn<double> of_small(small, config);
                expect_central_differences(of_small, small.size());
            }
        }
    }
}

/// All |x| = 1, and n = 5: figures of the formulas in use, which differ in k and in alpha's division.
TEST(Lrn, FactorsOfTheUsualSettings) {
    const Shape shape{5, 1, 1};
    const auto middle = [&](double alpha, double k, AlphaPer per) {
        Lrn<double> lrn(shape, lrn_config(true, 5, alpha, 0.75, k, per));
        return LayerRun<double>(lrn).forward(Matrix<double>::Ones(5, 1))(2);
    };
    EXPECT_NEAR(middle(1e-4, 2, AlphaPer::kOne), 0.59449, 1e-5);   // Krizhevsky et al. 2012
    EXPECT_NEAR(middle(1e-4, 2, AlphaPer::kSize), 0.59458, 1e-5);  // cuda-convnet
    EXPECT_NEAR(middle(1e-4, 1, AlphaPer::kSize), 0.99993, 1e-5);
    EXPECT_NEAR(middle(1, 1, AlphaPer::kSize), 0.5946, 1e-4);  // Caffe's own alpha
}

}  // namespace
}  // namespace bnrun
