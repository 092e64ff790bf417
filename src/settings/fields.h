// The table of fields from which parsing, checking, defaults, schema and reference page all come.
#pragma once

#include <vector>

#include "settings/field.h"

namespace bnrun {

const std::vector<Field>& config_fields();

}  // namespace bnrun
