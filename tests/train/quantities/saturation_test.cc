#include "train/quantities/saturation.h"

#include "nn/layers/activation.h"
#include "nn/layers/prelu.h"
#include "support/layers.h"
#include "support/quantities.h"

namespace bnrun {
namespace {

LayerValues saturation_of(Layer<double>& layer, const Matrix<double>& x) {
    LayerRun<double> run(layer);
    run.in_place = false;
    const Panels<double> input = poisoned_panels(x);
    const Panels<double> output = poisoned_panels(run.forward(x));
    LayerView<double> view;
    view.activation = &layer;
    view.input = &input;
    view.output = &output;
    LayerValues values;
    Saturation<double>(1).after_step(view, 0, values);
    return values;
}

/// 3 units of 20 samples: one always at the value, one in half of the samples, one never.
Matrix<double> often(double value, double other) {
    Matrix<double> x = Matrix<double>::Constant(3, 20, other);
    x.row(0).setConstant(value);
    x.row(1).head(10).setConstant(value);
    return x;
}

void expect_shares(const LayerValues& values, double saturated, double dead, double zero) {
    EXPECT_DOUBLE_EQ(value_of(values, "saturated"), saturated);
    EXPECT_DOUBLE_EQ(value_of(values, "dead"), dead);
    EXPECT_DOUBLE_EQ(value_of(values, "zero"), zero);
}

TEST(Saturation, IsADerivativeBelowATenthOfItsLargest) {
    // sigmoid' is a fortieth at y = 0.02565…, which is x = -3.637; tanh' a tenth at x = 1.8184.
    struct Case {
        Activation activation;
        double inside, outside;
    };
    for (const Case& each : {Case{Activation::kSigmoid, -3.63, -3.64},
                             {Activation::kSigmoid, 3.63, 3.64},
                             {Activation::kTanh, 1.81, 1.82},
                             {Activation::kTanhOpt, 1.5 * 1.81, 1.5 * 1.82},
                             {Activation::kElu, -2.30, -2.31},
                             {Activation::kSoftplus, -2.19, -2.20},
                             {Activation::kSilu, -0.88, -0.89},
                             {Activation::kGelu, -0.53, -0.54}}) {
        ActivationLayer<double> layer(3, each.activation);
        const auto name = kActivationNames.at(static_cast<std::size_t>(each.activation));
        SCOPED_TRACE(std::string(name));
        expect_shares(saturation_of(layer, often(each.outside, each.inside)), 0.5, 1.0 / 3, 0);
    }
}

TEST(Saturation, OfRectifiersIsTheSideThatIsCutOff) {
    ActivationLayer<double> relu(3, Activation::kRelu);
    expect_shares(saturation_of(relu, often(-1, 1)), 0.5, 1.0 / 3, 0.5);
    ActivationLayer<double> leaky(3, Activation::kLeakyRelu);
    expect_shares(saturation_of(leaky, often(-1, 1)), 0.5, 1.0 / 3, 0);
    ActivationLayer<double> linear(3, Activation::kLinear);
    expect_shares(saturation_of(linear, often(0, 1)), 0, 0, 0.5);
}

TEST(Saturation, OfPreluGoesByItsSlope) {
    Prelu<double> prelu(3);
    expect_shares(saturation_of(prelu, often(-1, 1)), 0, 0, 0);
    prelu.slope(0) = 0.05;
    expect_shares(saturation_of(prelu, often(-1, 1)), 0.5, 1.0 / 3, 0);
    prelu.slope(0) = 20;  // the other side is below a tenth of it
    expect_shares(saturation_of(prelu, often(1, -1)), 0.5, 1.0 / 3, 0);
}

}  // namespace
}  // namespace bnrun
