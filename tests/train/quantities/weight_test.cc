#include "train/quantities/weight.h"

#include "support/quantities.h"

namespace bnrun {
namespace {

TEST(Weight, HasNormsAndTheWayFromWhereItBegan) {
    Matrix<double> w(2, 3);
    w << 3, 0, 0, 0, -4, 0;
    Matrix<double> gradient = Matrix<double>::Zero(2, 3);
    const NamedTensor<double> tensor{"layers.0.weight", &w, &gradient, true};
    LayerView<double> view;
    view.weight = &tensor;
    Weight<double> weight({view});
    LayerValues values;
    weight.before_step(view, 0, values);
    EXPECT_DOUBLE_EQ(value_of(values, "weight_norm"), 5);
    EXPECT_DOUBLE_EQ(value_of(values, "weight_spectral"), 4);
    EXPECT_EQ(value_of(values, "weight_distance"), 0);
    w(1, 2) = 12;
    w(0, 0) = -6;
    values.clear();
    weight.before_step(view, 0, values);
    EXPECT_DOUBLE_EQ(value_of(values, "weight_norm"), 14);
    EXPECT_DOUBLE_EQ(value_of(values, "weight_distance"), 15);
}

TEST(Weight, WithWeightNormalizationIsTheOneInEffect) {
    Matrix<double> v(1, 2);
    v << 6, 8;
    Matrix<double> magnitude = Matrix<double>::Constant(1, 1, 2);
    Matrix<double> gradient = Matrix<double>::Zero(1, 2);
    const NamedTensor<double> direction{"layers.0.weight", &v, &gradient, true};
    const NamedTensor<double> length{"layers.0.magnitude", &magnitude, &magnitude};
    LayerView<double> view;
    view.weight = &direction;
    view.magnitude = &length;
    Weight<double> weight({view});
    v *= 3;  // changes no weight
    magnitude(0) = 5;
    LayerValues values;
    weight.before_step(view, 0, values);
    EXPECT_DOUBLE_EQ(value_of(values, "weight_norm"), 5);
    EXPECT_DOUBLE_EQ(value_of(values, "weight_distance"), 3);
}

}  // namespace
}  // namespace bnrun
