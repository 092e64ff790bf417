// What may be written in more than one way: shorter texts for objects, and batch_norm for normalization of kind batch.
#pragma once

#include <string>

#include "base/json_text.h"

namespace bnrun {

/// Booleans for gamma and beta stand for objects.
void expand_scales(OrderedJson& normalization);

/// Writes out what stands for objects in a config, and `model.normalization` of kind none or batch as
/// `model.batch_norm`. Throws ConfigError where both are there, or a kind is not. @param where begins the message
void expand(OrderedJson& config, const std::string& where);

/// Makes the config one into which the dotted key can be put: `model.normalization` for `model.batch_norm`, or the
/// other way round, where the key belongs to the one that is not there. What belongs to a value that goes, goes, too.
void make_way(OrderedJson& config, const std::string& key);

/// Whether the key is that of the group or of a key in it.
bool is_in_group(const std::string& key, const std::string& group);

}  // namespace bnrun
