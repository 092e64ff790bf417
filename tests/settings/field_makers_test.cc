#include "settings/field_makers.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

bool is_seven(const Config& config) { return config.seed == 7; }

Field seed_field() { return basic("seed", FieldKind::kInteger, "", BNRUN_MEMBER(seed)); }

/// Sets it, and gives what it then is.
OrderedJson set_and_get(const Field& field, const OrderedJson& value) {
    Config config;
    field.set(config, value);
    return field.get(config);
}

TEST(FieldMakers, WhatIsSetIsWhatIsGot) {
    EXPECT_EQ(set_and_get(seed_field(), 7), 7);
    const Field samples = none_or("s", FieldKind::kInteger, "", BNRUN_MEMBER(data.train_samples));
    EXPECT_TRUE(samples.optional);
    EXPECT_EQ(samples.get(Config()), nullptr);
    EXPECT_EQ(set_and_get(samples, 5), 5);
    const Field output = choice("o", kOutputNames, "", BNRUN_MEMBER(model.output));
    EXPECT_EQ(output.choices, (std::vector<std::string>{"softmax", "sigmoid_mse"}));
    EXPECT_EQ(set_and_get(output, "sigmoid_mse"), "sigmoid_mse");
    const Field every = interval("e", "", BNRUN_MEMBER(train.checkpoint_every));
    for (const char* text : {"1 epoch", "2 epochs", "1 iteration", "50 iterations"}) {
        EXPECT_EQ(set_and_get(every, text), text);
    }
    EXPECT_EQ(set_and_get(every, 0), 0);
}

TEST(FieldMakers, OfAConditionDependsWhetherAFieldIsInUseAndWritten) {
    Config seven;
    seven.seed = 7;
    const auto expect = [&](const Field& field, bool in_use, bool is_written, bool optional) {
        EXPECT_EQ(field.in_use(Config()), in_use);
        EXPECT_EQ(field.is_written(Config()), is_written);
        EXPECT_EQ(field.optional, optional);
        EXPECT_TRUE(field.in_use(seven) && field.is_written(seven));
    };
    expect(seed_field(), true, true, false);
    expect(used_if(seed_field(), is_seven), false, true, false);
    expect(written_if(seed_field(), is_seven), true, false, false);
    expect(only_if(seed_field(), is_seven), false, false, false);
    expect(instead_if(seed_field(), is_seven), false, false, true);
    expect(written_if_changed(seed_field()), true, false, false);
}

}  // namespace
}  // namespace bnrun
