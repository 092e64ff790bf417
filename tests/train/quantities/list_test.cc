#include "train/quantities/list.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Quantities, EachIsMadeInOneWayUnlessTrainingHasItAnyway) {
    const Config config;
    const std::vector<LayerPlan> plan = plan_net(config, {784}, 10);
    const std::vector<LayerView<double>> no_layers;
    for (const QuantityRow& row : kQuantities) {
        const int made = (make_layer_quantity<double>(row.quantity, {config, plan, no_layers}) != nullptr ? 1 : 0) +
                         (make_step_quantity(row.quantity) != nullptr ? 1 : 0);
        const bool has_own_table = row.quantity == Quantity::kGradient || row.quantity == Quantity::kActivation;
        EXPECT_EQ(made, has_own_table ? 0 : 1) << row.what;
    }
}

TEST(Quantities, StandInTheOrderOfTheirEnumeration) {
    for (std::size_t i = 0; i < kQuantities.size(); ++i) {
        EXPECT_EQ(kQuantities.at(i).quantity, static_cast<Quantity>(i)) << i;
    }
}

}  // namespace
}  // namespace bnrun
