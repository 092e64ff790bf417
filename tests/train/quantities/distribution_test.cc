#include "train/quantities/distribution.h"

#include <cmath>

#include "nn/layers/activation.h"
#include "support/matrices.h"
#include "support/quantities.h"

namespace bnrun {
namespace {

struct Values {
    Values(Activation activation, const Matrix<double>& x) : layer(x.rows(), activation), input(poisoned_panels(x)) {
        Matrix<double> y(x.rows(), x.cols());
        activate(activation, x.data(), y.data(), x.size());
        output = poisoned_panels(y);
    }

    LayerValues observe(std::size_t number = 0) {
        LayerView<double> view;
        view.activation = &layer;
        view.input = &input;
        view.output = &output;
        LayerValues values;
        Distribution<double>(number + 1).after_step(view, number, values);
        return values;
    }

    ActivationLayer<double> layer;
    Panels<double> input;
    Panels<double> output;
};

/// 0, 1, … 80 in 3 units of 27 samples, which end in half a panel.
Matrix<double> counted(double scale, double shift) {
    Matrix<double> x(3, 27);
    for (Index i = 0; i < x.size(); ++i) x.data()[(i * 50) % 81] = scale * static_cast<double>(i) + shift;
    return x;
}

TEST(Distribution, OfLinearUnitsIsThatOfTheirInput) {
    const LayerValues values = Values(Activation::kLinear, counted(1, 0)).observe(4);
    for (const char* side : {"input", "output"}) {
        const auto at = [&](const std::string& name) { return value_of(values, side + name, 5); };
        EXPECT_DOUBLE_EQ(at("_mean"), 40);
        EXPECT_DOUBLE_EQ(at("_sd"), std::sqrt((81.0 * 81 - 1) / 12));
        EXPECT_NEAR(at("_q0.1"), 0.08, 1e-13);
        EXPECT_NEAR(at("_q1"), 0.8, 1e-13);
        EXPECT_NEAR(at("_q5"), 4, 1e-13);
        EXPECT_NEAR(at("_q15"), 12, 1e-13);
        EXPECT_NEAR(at("_q50"), 40, 1e-13);
        EXPECT_NEAR(at("_q85"), 68, 1e-13);
        EXPECT_NEAR(at("_q95"), 76, 1e-13);
        EXPECT_NEAR(at("_q99"), 79.2, 1e-13);
        EXPECT_NEAR(at("_q99.9"), 79.92, 1e-13);
    }
    EXPECT_EQ(values.size(), 22U);
}

TEST(Distribution, OfAFunctionThatRisesLiesBetweenItsValues) {
    const LayerValues values = Values(Activation::kSigmoid, counted(0.1, -4)).observe();
    const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    EXPECT_NEAR(value_of(values, "output_q50"), sigmoid(0), 1e-15);
    EXPECT_NEAR(value_of(values, "output_q1"), sigmoid(-4) + 0.8 * (sigmoid(-3.9) - sigmoid(-4)), 1e-15);
    EXPECT_NEAR(value_of(values, "output_mean"), 0.5, 1e-15);
}

/// silu falls to its least value, -0.27846, and rises again.
TEST(Distribution, OfAFunctionThatFallsIsThatOfItsOwnValues) {
    const LayerValues values = Values(Activation::kSilu, counted(0.1, -4)).observe();
    EXPECT_NEAR(value_of(values, "output_q0.1"), -0.2784, 1e-4);
    EXPECT_NEAR(value_of(values, "input_q0.1"), -3.992, 1e-12);
}

TEST(Distribution, OfALayerWithoutAnActivationFunctionIsNone) {
    LayerValues values;
    Distribution<double>(1).after_step({}, 0, values);
    EXPECT_TRUE(values.empty());
}

}  // namespace
}  // namespace bnrun
