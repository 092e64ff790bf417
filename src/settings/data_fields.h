// The fields of `data`.
#pragma once

#include <vector>

#include "settings/field.h"

namespace bnrun {

void add_data_fields(std::vector<Field>& all);

}  // namespace bnrun
