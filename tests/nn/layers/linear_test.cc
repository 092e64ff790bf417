// What dense layers and convolutions share, by a layer that has nothing else.
#include "nn/layers/linear.h"

#include <gtest/gtest.h>

#include "support/matrices.h"

namespace bnrun {
namespace {

/// Two channels of two positions, from three inputs.
class OnlyLinear : public Linear<double> {
  public:
    explicit OnlyLinear(const LinearOptions& options) : Linear<double>(2, 3, options, {2, 1, 3}) {}

    [[nodiscard]] Index units() const override { return 4; }
    void forward(const Panels<double>& /*x*/, IndexRange /*panels*/, Panels<double>& /*y*/) override {}
    void backward(const Panels<double>& /*x*/, const Panels<double>& /*y*/, const Panels<double>& /*dy*/,
                  IndexRange /*panels*/, Panels<double>& /*dx*/) override {}
    void sum(const Panels<double>& dz, IndexRange panels, IndexRange rows, bool add) {
        sum_bias_gradient(dz, panels, rows, add);
    }
};

std::string names_of_tensors(const LinearOptions& options) {
    OnlyLinear layer(options);
    std::string names;
    for (const NamedTensor<double>& tensor : layer.tensors()) names += tensor.name + " ";
    return names;
}

TEST(Linear, HasAWeightAndWhatElseIsAskedFor) {
    EXPECT_EQ(names_of_tensors({true, false}), "weight bias ");
    EXPECT_EQ(names_of_tensors({false, false}), "weight ");
    EXPECT_EQ(names_of_tensors({true, true}), "weight bias magnitude ");
    OnlyLinear layer({true, false});
    EXPECT_EQ(layer.tensors()[0].shape, (std::vector<std::int64_t>{2, 1, 3}));
    EXPECT_TRUE(layer.tensors()[0].is_weight && !layer.tensors()[0].is_bias);
    EXPECT_TRUE(layer.tensors()[1].is_bias && !layer.tensors()[1].is_weight);
    EXPECT_EQ(layer.parameter_rows(), 2);
}

TEST(Linear, ABiasGradientIsTheSumOverSamplesAndPositions) {
    const Matrix<double> dz = normal_matrix(4, 19, 0.5, 1);
    const Panels<double> panels = poisoned_panels(dz);
    OnlyLinear layer({true, false});
    layer.sum(panels, {0, 1}, {0, 2}, false);
    EXPECT_NEAR(layer.bias_gradient(0), dz.topLeftCorner(2, 16).sum(), 1e-12);
    EXPECT_NEAR(layer.bias_gradient(1), dz.bottomLeftCorner(2, 16).sum(), 1e-12);
    layer.sum(panels, {1, 2}, {1, 2}, true);
    EXPECT_NEAR(layer.bias_gradient(0), dz.topLeftCorner(2, 16).sum(), 1e-12) << "the row is another's";
    EXPECT_NEAR(layer.bias_gradient(1), dz.bottomRows(2).sum(), 1e-12);
    layer.make_shift_inert();
    layer.sum(panels, {0, 2}, {0, 2}, true);
    EXPECT_EQ(layer.bias_gradient.norm(), 0) << "what is taken away later has no gradient, and no noise of one";
}

}  // namespace
}  // namespace bnrun
