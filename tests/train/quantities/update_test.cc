#include "train/quantities/update.h"

#include "base/tensor.h"
#include "support/quantities.h"

namespace bnrun {
namespace {

/// A layer of 5x4 weights, so that there are full lanes and a rest.
class UpdateTest : public testing::Test {
  protected:
    UpdateTest() { view.weight = &tensor; }

    LayerValues step(Update<double>& update, Index at, double by, double gradient_there) {
        LayerValues values;
        update.before_step(view, 0, values);
        w.data()[at] += by;
        gradient.setZero();
        gradient.data()[at] = gradient_there;
        update.after_step(view, 0, values);
        return values;
    }

    Matrix<double> w = Matrix<double>::Constant(5, 4, 0.5);
    Matrix<double> gradient = Matrix<double>::Zero(5, 4);
    NamedTensor<double> tensor{"layers.0.weight", &w, &gradient, true};
    LayerView<double> view;
};

TEST_F(UpdateTest, OfTheFirstIterationHasNoCosines) {
    Update<double> update({view});
    const LayerValues values = step(update, 19, -0.25, 8);
    EXPECT_DOUBLE_EQ(value_of(values, "update_norm"), 0.25);
    EXPECT_DOUBLE_EQ(value_of(values, "update_ratio"), 0.25 / std::sqrt(20 * 0.25));
    EXPECT_FALSE(has_value(values, "update_cosine"));
    EXPECT_FALSE(has_value(values, "gradient_cosine"));
}

TEST_F(UpdateTest, CosinesCompareWithTheIterationBefore) {
    Update<double> update({view});
    (void)step(update, 18, -0.25, 8);
    const LayerValues back = step(update, 18, 0.5, 2);
    EXPECT_DOUBLE_EQ(value_of(back, "update_cosine"), -1);
    EXPECT_DOUBLE_EQ(value_of(back, "gradient_cosine"), 1);
    const LayerValues across = step(update, 3, 0.5, -2);
    EXPECT_EQ(value_of(across, "update_cosine"), 0);
    EXPECT_EQ(value_of(across, "gradient_cosine"), 0);
}

TEST_F(UpdateTest, IsResumedWithWhatItComparesWith) {
    Update<double> update({view});
    (void)step(update, 2, -0.25, 8);
    TensorMap state;
    StateExchange saving = StateExchange::saving(state);
    update.exchange_state(saving);
    Update<double> resumed({view});
    StateExchange restoring = StateExchange::restoring(state);
    resumed.exchange_state(restoring);
    const LayerValues values = step(resumed, 2, -1, -3);
    EXPECT_DOUBLE_EQ(value_of(values, "update_cosine"), 1);
    EXPECT_DOUBLE_EQ(value_of(values, "gradient_cosine"), -1);
}

}  // namespace
}  // namespace bnrun
