// The fields of `log`: what of a run is written down, and at which iterations.
#pragma once

#include <vector>

#include "base/json_text.h"
#include "settings/field.h"

namespace bnrun {

void add_log_fields(std::vector<Field>& all);

/// Writes `log.at` as `log.every` where it is an object with `every`. Throws ConfigError where both are there.
/// @param where begins the message
void expand_log(OrderedJson& config, const std::string& where);

}  // namespace bnrun
