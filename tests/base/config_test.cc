#include "base/config.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

LayerConfig of_kind(LayerKind kind, std::vector<LayerConfig> within = {}) {
    LayerConfig layer;
    layer.kind = kind;
    layer.layers = std::move(within);
    return layer;
}

TEST(ConfigLayers, AreDepthAndWidthOrHiddenOrTheList) {
    Config config;
    config.model.depth = 2;
    config.model.width = 7;
    ASSERT_EQ(config.layers().size(), 2U);
    EXPECT_EQ(config.layers()[1].units, 7);
    config.model.hidden = {5, 4, 3};
    ASSERT_EQ(config.layers().size(), 3U);
    EXPECT_EQ(config.layers()[1].units, 4);
    EXPECT_EQ(config.hidden_layers(), 3U);
    config.model.layers = {of_kind(LayerKind::kPool)};
    EXPECT_EQ(config.layers().front().kind, LayerKind::kPool);
    EXPECT_EQ(config.hidden_layers(), 0U);
}

TEST(ConfigLayers, ThoseWithinAResidualCountAndHaveTheModelsNormalizationUnlessTheirOwn) {
    Config config;
    LayerConfig own = of_kind(LayerKind::kConv);
    own.normalization.emplace().kind = Normalization::kLayer;
    config.model.layers = {own, of_kind(LayerKind::kLrn),
                           of_kind(LayerKind::kResidual, {of_kind(LayerKind::kDense), of_kind(LayerKind::kDropout)})};
    EXPECT_EQ(config.hidden_layers(), 2U);
    EXPECT_FALSE(config.has_batch_norm());
    config.model.normalization.kind = Normalization::kBatch;
    config.model.normalization.epsilon = 0.5;
    ASSERT_EQ(config.batch_norms().size(), 1U);
    EXPECT_EQ(config.batch_norms().front().epsilon, 0.5);
    config.model.layers.front().normalization->kind = Normalization::kBatch;
    EXPECT_EQ(config.batch_norms().size(), 2U);
}

TEST(Config, DistortionMovesOrShadesPixels) {
    DistortConfig distort;
    EXPECT_FALSE(distort.is_on());
    distort.elastic.sigma = 4;
    EXPECT_FALSE(distort.is_on());
    for (double DistortConfig::*const member :
         {&DistortConfig::shift, &DistortConfig::rotate, &DistortConfig::scale, &DistortConfig::shear}) {
        distort = {};
        distort.*member = 0.5;
        EXPECT_TRUE(distort.moves() && !distort.shades());
    }
    for (double DistortConfig::*const member :
         {&DistortConfig::contrast, &DistortConfig::brightness, &DistortConfig::noise}) {
        distort = {};
        distort.*member = 0.5;
        EXPECT_TRUE(distort.shades() && !distort.moves());
    }
    distort = {};
    distort.elastic.alpha = 1;
    EXPECT_TRUE(distort.moves());
}

}  // namespace
}  // namespace bnrun
