#include "train/quantities/covariate_shift.h"

#include "support/observed_step.h"
#include "support/quantities.h"

namespace bnrun {
namespace {

LayerValues shifts_of(ObservedStep& observed) {
    LayerValues values;
    CovariateShift().observe(observed.step(), values);
    return values;
}

TEST(CovariateShift, IsHowTheStepOfTheLayersBelowMovesAGradient) {
    ObservedStep observed;
    const LayerValues values = shifts_of(observed);
    EXPECT_EQ(value_of(values, "covariate_shift", 1), 0);
    EXPECT_EQ(value_of(values, "covariate_cosine", 1), 1);
    ParameterValues before;
    observed.pass_at(observed.before, before);
    for (const std::size_t layer : {1U, 2U}) {
        ParameterValues mixed = observed.before;
        for (std::size_t i = 0; i < 2 * layer; ++i) mixed[i] = observed.after[i];
        ParameterValues moved;
        observed.pass_at(mixed, moved);
        const Matrix<double>& g = before[2 * layer];
        const Matrix<double>& h = moved[2 * layer];
        const auto name = static_cast<std::int64_t>(layer) + 1;
        EXPECT_DOUBLE_EQ(value_of(values, "covariate_shift", name), (h - g).norm());
        EXPECT_DOUBLE_EQ(value_of(values, "covariate_cosine", name), h.cwiseProduct(g).sum() / (h.norm() * g.norm()));
        EXPECT_GT((h - g).norm(), 0);
    }
}

TEST(CovariateShift, WithoutAStepIsNone) {
    ObservedStep observed;
    observed.after = observed.before;
    const LayerValues values = shifts_of(observed);
    EXPECT_EQ(value_of(values, "covariate_shift", 3), 0);
    EXPECT_NEAR(value_of(values, "covariate_cosine", 3), 1, 1e-12);
}

TEST(CovariateShift, OfAChosenLayerIsThatOfAll) {
    ObservedStep observed;
    const double expected = value_of(shifts_of(observed), "covariate_shift", 3);
    observed.layers = {3};
    const LayerValues values = shifts_of(observed);
    ASSERT_EQ(values.size(), 2U);
    EXPECT_EQ(value_of(values, "covariate_shift", 3), expected);
}

}  // namespace
}  // namespace bnrun
