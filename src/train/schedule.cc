#include "train/schedule.h"

#include <algorithm>

#include "math/functions.h"

namespace bnrun {

namespace {

double after_steps(const ScheduleConfig& schedule, double rate, std::int64_t t) {
    for (const std::int64_t iterations : schedule.iterations) {
        if (iterations <= t) rate *= schedule.factor;
    }
    return rate;
}

double floor_of(const TrainConfig& config, double rate) { return std::min(rate, config.min_learning_rate); }

/// (1 + cos(pi (1 - left))) / 2, as the square of a sine, which loses nothing near 0.
double falling_cosine(double left) {
    constexpr double kHalfPi = 1.5707963267948966;
    const double sine = elementary::sine_cosine(kHalfPi * left).sine;
    return sine * sine;
}

double without_warm_up(const TrainConfig& config, double rate, std::int64_t t, std::int64_t all) {
    const ScheduleConfig& schedule = config.learning_rate_schedule;
    const auto done = static_cast<double>(t);
    switch (schedule.name) {
        case ScheduleName::kEpochFactor:
        case ScheduleName::kConstant: return rate;
        case ScheduleName::kStep: return after_steps(schedule, rate, t);
        case ScheduleName::kInverse: {
            const double base = 1 + schedule.gamma * done;
            return rate * elementary::exp(-schedule.power * elementary::log(base));
        }
        case ScheduleName::kCosine: {
            const double floor = floor_of(config, rate);
            return floor + (rate - floor) * falling_cosine(static_cast<double>(all - t) / static_cast<double>(all));
        }
    }
    return rate;
}

}  // namespace

double rate_of_next_epoch(const TrainConfig& config, double rate) {
    if (config.learning_rate_schedule.name != ScheduleName::kEpochFactor) return rate;
    return std::max(rate * config.learning_rate_decay, floor_of(config, rate));
}

double rate_of_iteration(const TrainConfig& config, double rate, std::int64_t t, std::int64_t all) {
    const double full = without_warm_up(config, rate, t, all);
    const std::int64_t warm_up = config.learning_rate_schedule.warm_up;
    if (t + 1 >= warm_up) return full;
    return full * (static_cast<double>(t + 1) / static_cast<double>(warm_up));
}

}  // namespace bnrun
