// The short form of train.learning_rate_schedule, and which of its keys go together.
#pragma once

#include "base/config.h"
#include "base/json_text.h"

namespace bnrun {

inline constexpr const char* kScheduleKey = "train.learning_rate_schedule";
inline constexpr const char* kScheduleExpectation = "a schedule's name or an object";

/// A text in the schedule's place stands for an object with that name.
void expand_schedule(OrderedJson& json);

/// Throws ConfigError where `step` has no iterations, or iterations that do not rise.
void check_schedule(const Config& config);

}  // namespace bnrun
