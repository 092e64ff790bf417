#include "nn/layers/residual.h"

#include <gtest/gtest.h>

#include "nn/layers/dense.h"
#include "support/layer_checks.h"

namespace bnrun {
namespace {

/// x + scale W x, and dLoss/dx, dLoss/dscale.
class Block {
  public:
    Block(Index units, double scale, bool learns_scale) : dense(units, units, {false, false}) {
        LayerConfig config;
        config.scale = scale;
        config.learn_scale = learns_scale;
        const auto branch = std::make_shared<ResidualBranch<double>>();
        begin = std::make_unique<ResidualBegin<double>>(units, branch);
        end = std::make_unique<ResidualEnd<double>>(units, config, branch);
        dense.weight = normal_matrix(units, units, 0, 1);
        for (Layer<double>* layer : std::initializer_list<Layer<double>*>{begin.get(), &dense, end.get()}) {
            runs.emplace_back(*layer);
        }
    }

    Matrix<double> forward(Matrix<double> x) {
        for (auto& run : runs) x = run.forward(x);
        return x;
    }

    Matrix<double> backward(Matrix<double> d) {
        for (std::size_t i = runs.size(); i-- > 0;) d = runs[i].backward(d);
        return d;
    }

    Dense<double> dense;
    std::unique_ptr<ResidualBegin<double>> begin;
    std::unique_ptr<ResidualEnd<double>> end;
    std::vector<LayerRun<double>> runs;
};

TEST(Residual, AddsItsInput) {
    Block block(3, 0.5, false);
    const Matrix<double> x = normal_matrix(3, 20, 0, 1, 1);
    EXPECT_LT(distance(block.forward(x), x + 0.5 * block.dense.weight * x), 1e-15);
    EXPECT_TRUE(block.end->tensors().empty());
}

TEST(Residual, GradientsAreCentralDifferences) {
    for (const double scale : {0.0, 0.7}) {
        for (const Index samples : {1, 9, 16, 25}) {
            Block block(4, scale, true);
            Matrix<double> x = normal_matrix(4, samples, 0, 1, 1);
            const Matrix<double> weights = normal_matrix(4, samples, 0, 1, 2);
            const auto loss = [&] { return block.forward(x).cwiseProduct(weights).sum(); };
            (void)loss();
            const Matrix<double> d = block.backward(weights);
            const Matrix<double> of_scale = block.end->scale_gradient;
            EXPECT_LT(distance(d, slopes(x, loss)), 1e-8);
            EXPECT_LT(distance(of_scale, slopes(block.end->scale, loss)), 1e-8);
        }
    }
}

TEST(Residual, ScaledByZeroIsTheIdentityBothWays) {
    Block block(5, 0, true);
    const Matrix<double> x = normal_matrix(5, 17, 0, 1, 1);
    EXPECT_EQ(block.forward(x), x);
    EXPECT_EQ(block.backward(x), x);
}

}  // namespace
}  // namespace bnrun
