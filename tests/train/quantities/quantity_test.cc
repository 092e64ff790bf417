#include "train/quantities/quantity.h"

#include "support/observed_step.h"

namespace bnrun {
namespace {

TEST(Step, WantsAllLayersOrThoseOfTheList) {
    ObservedStep observed;
    EXPECT_TRUE(observed.step().wants(0) && observed.step().wants(7));
    observed.layers = {1, 3};
    EXPECT_TRUE(observed.step().wants(1) && observed.step().wants(3));
    EXPECT_FALSE(observed.step().wants(0) || observed.step().wants(2));
}

TEST(Step, PassesForwardAndBackwardAtTheValuesThatAreSet) {
    ObservedStep observed;
    ParameterValues gradients;
    const double loss = observed.pass_at(observed.after, gradients);
    ParameterValues others;
    EXPECT_NE(observed.pass_at(observed.before, others), loss);
    const Step step = observed.step();
    step.set(observed.after);
    EXPECT_EQ(step.pass(), loss);
    const auto parameters = step.network.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        EXPECT_EQ(*parameters[i].value, observed.after[i]);
        EXPECT_EQ(*parameters[i].gradient, gradients[i]);
    }
}

}  // namespace
}  // namespace bnrun
