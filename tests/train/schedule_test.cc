#include "train/schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace bnrun {
namespace {

constexpr std::int64_t kAll = 1000;  ///< iterations of the run

TrainConfig scheduled(ScheduleName name) {
    TrainConfig config;
    config.learning_rate_schedule.name = name;
    config.min_learning_rate = 0.01;
    return config;
}

double rate_at(const TrainConfig& config, std::int64_t t, double rate = 0.5) {
    return rate_of_iteration(config, rate, t, kAll);
}

TEST(Schedule, AnEpochsFactorIsAppliedAfterItDownToTheFloor) {
    TrainConfig config = scheduled(ScheduleName::kEpochFactor);
    config.learning_rate_decay = 0.25;
    EXPECT_EQ(rate_of_next_epoch(config, 0.5), 0.125);
    EXPECT_EQ(rate_of_next_epoch(config, 0.03), 0.01);
    EXPECT_EQ(rate_of_next_epoch(config, 0.01), 0.01);
    EXPECT_EQ(rate_of_next_epoch(config, 0.001), 0.001);  // a floor above the rate does not raise it
    for (const std::int64_t t : {0, 1, 999}) EXPECT_EQ(rate_at(config, t, 0.3), 0.3);
}

TEST(Schedule, TheOthersKeepTheRateTheyStartFrom) {
    for (const ScheduleName name :
         {ScheduleName::kConstant, ScheduleName::kStep, ScheduleName::kInverse, ScheduleName::kCosine}) {
        EXPECT_EQ(rate_of_next_epoch(scheduled(name), 0.3), 0.3);
    }
}

TEST(Schedule, ConstantIsSo) {
    const TrainConfig config = scheduled(ScheduleName::kConstant);
    for (const std::int64_t t : {0, 1, 999}) EXPECT_EQ(rate_at(config, t, 0.001), 0.001);  // and has no floor
}

TEST(Schedule, AStepComesAfterSoManyIterations) {
    TrainConfig config = scheduled(ScheduleName::kStep);
    config.learning_rate_schedule.iterations = {3, 10};
    config.learning_rate_schedule.factor = 0.125;
    EXPECT_EQ(rate_at(config, 0), 0.5);
    EXPECT_EQ(rate_at(config, 2), 0.5);
    EXPECT_EQ(rate_at(config, 3), 0.0625);
    EXPECT_EQ(rate_at(config, 9), 0.0625);
    EXPECT_EQ(rate_at(config, 10), 0.0078125);  // below the floor of others
    EXPECT_EQ(rate_at(config, 999), 0.0078125);
}

TEST(Schedule, InverseIsThePowerOfItsFormula) {
    TrainConfig config = scheduled(ScheduleName::kInverse);
    for (const auto& [gamma, power] :
         {std::pair{1e-4, 0.75}, {0.5, 1.0}, {1.0, 0.5}, {3.0, 2.0}, {0.0, 1.0}, {2.0, 0.0}}) {
        config.learning_rate_schedule.gamma = gamma;
        config.learning_rate_schedule.power = power;
        EXPECT_EQ(rate_at(config, 0), 0.5);
        for (std::int64_t t = 1; t < kAll; t += 7) {
            const double expected = 0.5 * std::pow(1 + gamma * static_cast<double>(t), -power);
            EXPECT_NEAR(rate_at(config, t) / expected, 1, 1e-14) << t << " " << gamma << " " << power;
        }
    }
    config.learning_rate_schedule.gamma = 0.5;
    config.learning_rate_schedule.power = 1;
    EXPECT_NEAR(rate_at(config, 6), 0.125, 1e-16);
}

TEST(Schedule, CosineFallsFromTheRateToTheFloor) {
    const TrainConfig config = scheduled(ScheduleName::kCosine);
    EXPECT_EQ(rate_at(config, 0), 0.5);
    EXPECT_NEAR(rate_at(config, kAll / 2), (0.5 + 0.01) / 2, 1e-15);
    EXPECT_NEAR(rate_at(config, kAll / 3 + 1), 0.01 + 0.49 * (1 + std::cos(M_PI * 0.334)) / 2, 1e-15);
    for (std::int64_t t = 1; t < kAll; ++t) {
        EXPECT_LT(rate_at(config, t), rate_at(config, t - 1)) << t;
        const double cosine = std::cos(M_PI * static_cast<double>(t) / static_cast<double>(kAll));
        EXPECT_NEAR(rate_at(config, t), 0.01 + 0.49 * (1 + cosine) / 2, 1e-15) << t;
    }
    EXPECT_GT(rate_at(config, kAll - 1), 0.01);
    EXPECT_NEAR(rate_at(config, kAll - 1), 0.01, 0.49 * 2.5e-6);
}

TEST(Schedule, CosineWithoutAFloorLosesNothingAtItsEnd) {
    TrainConfig config = scheduled(ScheduleName::kCosine);
    config.min_learning_rate = 0;
    constexpr std::int64_t kMany = 1000000000;
    const double part = M_PI / 2 / static_cast<double>(kMany);
    EXPECT_NEAR(rate_of_iteration(config, 1, kMany - 1, kMany) / (part * part), 1, 1e-7);
}

TEST(Schedule, ACosinesFloorDoesNotRaiseTheRate) {
    const TrainConfig config = scheduled(ScheduleName::kCosine);
    for (const std::int64_t t : {0, 500, 999}) EXPECT_EQ(rate_at(config, t, 0.001), 0.001);
}

TEST(Schedule, WarmUpIsALineFromZeroToWhateverTheScheduleSays) {
    for (std::size_t name = 0; name < kScheduleNames.size(); ++name) {
        TrainConfig config = scheduled(static_cast<ScheduleName>(name));
        config.learning_rate_schedule.iterations = {2, 700};
        TrainConfig warmed = config;
        warmed.learning_rate_schedule.warm_up = 4;
        for (std::int64_t t = 0; t < kAll; ++t) {
            const double part = t < 4 ? static_cast<double>(t + 1) / 4 : 1;
            EXPECT_EQ(rate_at(warmed, t), rate_at(config, t) * part) << kScheduleNames[name] << " " << t;
        }
        warmed.learning_rate_schedule.warm_up = 1;
        for (const std::int64_t t : {0, 1, 999}) EXPECT_EQ(rate_at(warmed, t), rate_at(config, t));
    }
}

}  // namespace
}  // namespace bnrun
