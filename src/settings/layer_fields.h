// The fields that hold for every layer, and of which an entry of model.layers may have its own: initial values and
// normalization.
#pragma once

#include <vector>

#include "settings/field.h"

namespace bnrun {

void add_init_fields(std::vector<Field>& all);

/// `model.batch_norm` and `model.normalization` are two ways to write the same, of which a config has one.
void add_batch_norm_fields(std::vector<Field>& all);
void add_normalization_fields(std::vector<Field>& all);

}  // namespace bnrun
