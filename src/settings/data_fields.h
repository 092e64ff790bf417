// The fields of `data`.
#pragma once

#include <vector>

#include "settings/field.h"

namespace bnrun {

/// What a run writes beside a relative data.dir. It tells where something is, and no two runs apart.
inline constexpr const char* kAbsoluteDirKey = "data.absolute_dir";

void add_data_fields(std::vector<Field>& all);

}  // namespace bnrun
