#include "settings/train_fields.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

/// Keys of fields that have no effect in a config, without `train.`.
std::string idle_keys(const Config& config) {
    std::vector<Field> fields;
    add_train_fields(fields);
    std::string keys;
    for (const Field& field : fields) {
        if (!field.in_use(config)) keys += field.key.substr(6) + " ";
    }
    return keys;
}

TEST(TrainFields, AreInUseAsOptimizerScheduleAndL2Say) {
    const std::string step = "learning_rate_schedule.iterations learning_rate_schedule.factor ";
    const std::string inverse = "learning_rate_schedule.gamma learning_rate_schedule.power ";
    const std::string decay = "learning_rate_decay ";
    const std::string least = "min_learning_rate ";
    Config config;
    config.train.l2 = 1;
    EXPECT_EQ(idle_keys(config), step + inverse);
    const auto scheduled = [&](ScheduleName name) {
        config.train.learning_rate_schedule.name = name;
        return idle_keys(config);
    };
    EXPECT_EQ(scheduled(ScheduleName::kConstant), step + inverse + decay + least);
    EXPECT_EQ(scheduled(ScheduleName::kStep), inverse + decay + least);
    EXPECT_EQ(scheduled(ScheduleName::kInverse), step + decay + least);
    EXPECT_EQ(scheduled(ScheduleName::kCosine), step + inverse + decay);
    config = Config();
    config.train.optimizer.name = OptimizerName::kAdam;
    EXPECT_EQ(idle_keys(config), "optimizer.momentum l2_biases " + step + inverse);
}

}  // namespace
}  // namespace bnrun
