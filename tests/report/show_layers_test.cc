#include "report/show_layers.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/scratch.h"

namespace bnrun {
namespace {

const TextLook kLayersLook{80, Glyphs::kUnicode, false, true};

constexpr const char* kLayersTable =
    "epoch,iteration,layer,quantity,value\n"
    "1,1,1,saturated,0\n1,1,2,saturated,0.5\n1,1,3,saturated,1\n"
    "1,1,1,update_ratio,0.001\n1,1,2,update_ratio,0.1\n1,1,0,smoothness,3\n1,1,1,input_mean,3\n"
    "1,5,1,saturated,0.25\n1,5,2,saturated,0.25\n1,5,3,saturated,0.25\n";

TEST(ShownLayersTest, AreThoseOfTheLastRowUpToThePlace) {
    const Scratch scratch;
    (void)scratch.put("layers.csv", kLayersTable);
    const ShownLayers layers = read_shown_layers(scratch.path(), 1, 4);
    EXPECT_EQ(layers.epoch, 1);
    EXPECT_EQ(layers.iteration, 1);
    ASSERT_EQ(layers.quantities.size(), 2U);
    EXPECT_EQ(layers.quantities[0].values, (std::vector<double>{0, 0.5, 1}));
    EXPECT_EQ(layers.quantities[1].name, "update_ratio");
    EXPECT_EQ(read_shown_layers(scratch.path(), 1, 5).quantities.size(), 1U);
    EXPECT_TRUE(read_shown_layers(scratch.path("none"), 1, 5).quantities.empty());
}

TEST(ShownLayersTest, HaveALineForEachQuantity) {
    const ShownLayers layers{1, 5, {{"saturated", {0, 0.5, 1}, true}, {"update_ratio", {1e-3, 1e-1}, false}}};
    EXPECT_EQ(show_layers_text(layers, kLayersLook),
              "At epoch 1, iteration 5: from the first layer to the last, and the range\n"
              "saturated      ▁▅█ 0…1\n"
              "update_ratio   ▁█ 0.001…0.1\n");
    EXPECT_EQ(show_layers_text({}, kLayersLook), "");
}

TEST(ShownLayersTest, AreListsInJson) {
    const ShownLayers layers{1, 5, {{"dead", {0.5, std::nan("")}, true}}};
    EXPECT_EQ(show_layers_json(layers).dump(), R"({"dead":[0.5,null]})");
}

}  // namespace
}  // namespace bnrun
