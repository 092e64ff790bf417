#include "files/export/names.h"

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(LayerTag, CountsLayersFromOne) {
    EXPECT_EQ(layer_tag(kGradientTag, 0), "gradient/layer_1");
    EXPECT_EQ(layer_tag(kHighTag, 9), "activation_max/layer_10");
}

TEST(LayerColumn, IsAQuantityAndItsLayerOrTheWholeNets) {
    const LayerColumn found = layer_column("input_q0.1/layer_3", "layers.csv");
    EXPECT_EQ(found.quantity, "input_q0.1");
    EXPECT_EQ(found.layer, 3U);
    EXPECT_EQ(layer_column("smoothness", "layers.csv").layer, 0U);
    EXPECT_EQ(layer_column("a/layer_100000", "layers.csv").layer, 100000U);
    EXPECT_EQ(layer_column(std::string(100, 'a'), "layers.csv").quantity.size(), 100U);
}

TEST(LayerColumn, RefusesANameThatFitsNoFile) {
    for (const std::string& name :
         {std::string("../../saturated/layer_1"), std::string("a b"), std::string(""), std::string(".a"),
          std::string("a\"b"), std::string("a/layer_100001"), std::string(101, 'a')}) {
        expect_error<DataError>([&] { (void)layer_column(name, "layers.csv"); },
                                {"layers.csv: ", "is no quantity of a layer; run the config again"});
    }
}

}  // namespace
}  // namespace bnrun
