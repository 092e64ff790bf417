// The fields of `train` and `log`.
#pragma once

#include <vector>

#include "settings/field.h"

namespace bnrun {

void add_train_fields(std::vector<Field>& all);

}  // namespace bnrun
