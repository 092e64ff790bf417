#include "settings/layer_fields.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

/// The keys that a config's text has of the fields, without the group.
std::string written_keys(void (*add)(std::vector<Field>&), Normalization kind) {
    std::vector<Field> fields;
    add(fields);
    Config config;
    config.model.normalization.kind = kind;
    std::string keys;
    for (const Field& field : fields) {
        if (field.is_written(config)) keys += field.key.substr(field.key.find('.', 6) + 1) + " ";
    }
    return keys;
}

TEST(LayerFields, OfTheTwoWaysToWriteNormalizationAConfigHasOne) {
    const std::string scale = "placement gamma.learn gamma.init beta.learn beta.init epsilon ";
    for (const Normalization kind : {Normalization::kNone, Normalization::kBatch}) {
        EXPECT_EQ(written_keys(add_batch_norm_fields, kind), "enabled " + scale + "inference momentum ");
        EXPECT_EQ(written_keys(add_normalization_fields, kind), "");
    }
    EXPECT_EQ(written_keys(add_batch_norm_fields, Normalization::kLayer), "");
    EXPECT_EQ(written_keys(add_normalization_fields, Normalization::kLayer), "kind " + scale);
    EXPECT_EQ(written_keys(add_normalization_fields, Normalization::kGroup), "kind " + scale + "groups ");
    EXPECT_EQ(written_keys(add_normalization_fields, Normalization::kWeight), "kind ");
}

TEST(LayerFields, EnabledIsTheKindBatch) {
    std::vector<Field> fields;
    add_batch_norm_fields(fields);
    Config config;
    config.model.normalization.kind = Normalization::kRms;
    EXPECT_EQ(fields.front().get(config), false);
    fields.front().set(config, true);
    EXPECT_EQ(config.model.normalization.kind, Normalization::kBatch);
    EXPECT_EQ(fields.front().get(config), true);
    fields.front().set(config, false);
    EXPECT_EQ(config.model.normalization.kind, Normalization::kNone);
}

}  // namespace
}  // namespace bnrun
