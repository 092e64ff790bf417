#include "settings/schedule_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/error.h"

namespace bnrun {

void expand_schedule(OrderedJson& json) {
    const OrderedJson::json_pointer at("/train/learning_rate_schedule");
    if (!json.contains(at) || !json[at].is_string()) return;
    json[at] = {{"name", json[at].get<std::string>()}};
}

void check_schedule(const Config& config) {
    const ScheduleConfig& schedule = config.train.learning_rate_schedule;
    const std::vector<std::int64_t>& iterations = schedule.iterations;
    if (schedule.name != ScheduleName::kStep) return;
    const std::string& where =
        config.origins.of({"train.learning_rate_schedule.iterations", "train.learning_rate_schedule.name"});
    if (iterations.empty()) {
        throw ConfigError(fmt::format(
            "{}: train.learning_rate_schedule.iterations: missing; step needs a list such as [1000, 2000]", where));
    }
    if (std::adjacent_find(iterations.begin(), iterations.end(), std::greater_equal<>()) == iterations.end()) return;
    throw ConfigError(
        fmt::format("{}: train.learning_rate_schedule.iterations: a number is not above the one "
                    "before it; expected a list that rises, such as [1000, 2000]",
                    where));
}

}  // namespace bnrun
